import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { TruncatedApplications } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef, useMessageFormat } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1, 2),
      borderLeft: `4px solid ${theme.palette.warning.main}`,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallTruncatedNote' },
);

/**
 * How many of an entity's applications a list covers, and what to do; absent if
 * it covers all.
 *
 * @internal
 */
export function TruncatedNote(props: { truncated?: TruncatedApplications }) {
  const { truncated } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  return truncated ? (
    <Typography variant="body2" className={classes.root}>
      {t('list.truncated', {
        shown: String(truncated.shown),
        total: String(truncated.total),
      })}{' '}
      {format.message(truncated.advice)}
    </Typography>
  ) : null;
}
