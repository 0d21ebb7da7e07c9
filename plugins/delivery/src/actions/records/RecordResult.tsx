import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { isWebUrl } from '../../components/links';
import { StatusLabel } from '../../components/status/StatusLabel';
import { deliveryTranslationRef } from '../../translation';
import { Approval } from './Approval';
import { LOOKS, stateKeyOf } from './looks';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1.5),
    },
    message: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.body2.fontSize,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallRecordResult' },
);

/**
 * How far an action is, with the other system's own message, the request or commit
 * that it made, and the decision that it waits for.
 *
 * @internal
 */
export function RecordResult(props: {
  entityRef: CompoundEntityRef;
  record: ActionRecord;
}) {
  const { entityRef, record } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { change, message, state } = record;
  return (
    <>
      <div className={classes.line}>
        <StatusLabel
          {...LOOKS[state]}
          word={t(`action.state.${stateKeyOf(record)}`)}
          wrap
        />
        {change?.url && isWebUrl(change.url) && (
          <Link to={change.url}>{t(`action.change.${change.kind}`)}</Link>
        )}
      </div>
      {message && <div className={classes.message}>{message}</div>}
      {state === 'waiting' && (
        <Approval entityRef={entityRef} record={record} />
      )}
    </>
  );
}
