import { stringifyEntityRef } from '@backstage/catalog-model';
import type { ErrorLike } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { CodeLine } from '../components/CodeLine';
import { deliveryTranslationRef } from '../translation';
import type { ActionTarget } from './actionsContext';
import { failureOf, originalMessage, type Failure } from './failure';
import { useNoticeStyles } from './noticeStyles';

/** Another attempt can succeed. */
const PASSING: Failure[] = ['tooMany', 'unavailable', 'failed'];

/**
 * Why something couldn't be started or decided, and what to do; the original
 * message is under "details".
 *
 * @internal
 */
export function FailureNotice(props: {
  target: ActionTarget;
  error: ErrorLike;
  /** Absent where the page has another button for it. */
  onRetry?(): void;
}) {
  const { target, error, onRetry } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useNoticeStyles();
  const failure = failureOf(error);
  const entityRef = stringifyEntityRef(target.entityRef);
  const parameters = {
    application: target.application.name,
    entity: target.entityRef.name,
    interpolation: { escapeValue: false },
  };
  return (
    <div role="alert" className={`${classes.root} ${classes.bad}`}>
      <Typography>{t(`action.failure.${failure}`, parameters)}</Typography>
      <Typography variant="body2">
        {t(`action.failureHint.${failure}`, parameters)}
      </Typography>
      {failure === 'notProven' && (
        <CodeLine text={`${ENTITY_REF_MARK}: ${entityRef}`} copy />
      )}
      {onRetry && PASSING.includes(failure) && (
        <Button size="small" variant="outlined" onClick={onRetry}>
          {t('error.retry')}
        </Button>
      )}
      <details className={classes.details}>
        <summary>{t('error.details')}</summary>
        {originalMessage(error)}
      </details>
    </div>
  );
}
