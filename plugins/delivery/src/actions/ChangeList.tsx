import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Deployment } from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef } from '../translation';
import { changesBetween, isBusy } from './changes';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'LandfallChangeList' },
);

/** What has changed of an application, and the operation in progress. @internal */
export function ChangeList(props: { before: Deployment; after: Deployment }) {
  const { before, after } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { operation } = after;
  const changes = changesBetween(before, after);
  const startedBy = operation?.initiatedBy?.username;
  return (
    <>
      {operation && isBusy(after) && (
        <Typography variant="body2">
          {startedBy
            ? t('action.changed.busyBy', {
                name: startedBy,
                interpolation: { escapeValue: false },
              })
            : t('action.changed.busy')}{' '}
          <RelativeTime at={operation.startedAt} />
        </Typography>
      )}
      <ul className={classes.list}>
        {changes.map(({ what, from, to }) => (
          <Typography key={what} component="li" variant="body2">
            {t(`action.changed.${what}`, {
              from: from || '–',
              to: to || '–',
              interpolation: { escapeValue: false },
            })}
          </Typography>
        ))}
      </ul>
      {changes.length === 0 && (
        <Typography variant="body2">{t('action.changed.other')}</Typography>
      )}
    </>
  );
}
