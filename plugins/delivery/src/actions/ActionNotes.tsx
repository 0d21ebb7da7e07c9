import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import {
  type ApplicationRef,
  isSameApplication,
} from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
import { useActions } from './actionsContext';
import { AttemptStatus } from './AttemptStatus';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      paddingBottom: theme.spacing(0.5),
    },
    body: {
      flex: 1,
      minWidth: 0,
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1),
    },
    name: { fontWeight: 600 },
  }),
  { name: 'LandfallActionNotes' },
);

/** What was started of an application on this page, and what became of it. @internal */
export function ActionNotes(props: { application: ApplicationRef }) {
  const { application } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const actions = useActions();
  const own =
    actions?.tracked.filter(({ applications }) =>
      applications.some(each => isSameApplication(each, application)),
    ) ?? [];
  return (
    <>
      {own.map(({ action, entityRef, attempt }, index) => (
        <div key={`${index} ${action}`} className={classes.root}>
          <div className={classes.body}>
            <span className={classes.name}>{t(`action.name.${action}`)}</span>
            <div>
              <AttemptStatus
                attempt={attempt}
                target={{ entityRef, application }}
                onlyTarget
                canRetry
              />
            </div>
          </div>
          <IconButton
            size="small"
            aria-label={t('action.dismiss', {
              action: t(`action.name.${action}`),
              application: application.name,
              interpolation: { escapeValue: false },
            })}
            onClick={() => actions?.dismiss(attempt)}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </div>
      ))}
    </>
  );
}
