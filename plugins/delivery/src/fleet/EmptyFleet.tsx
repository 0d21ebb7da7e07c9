import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type InstanceStatus,
  LOCATOR_ANNOTATIONS,
} from '@landfall/backstage-plugin-delivery-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CodeLine } from '../components/CodeLine';
import { deliveryTranslationRef } from '../translation';

const EXAMPLE = `${LOCATOR_ANNOTATIONS.appSelector}: app.kubernetes.io/name=my-service`;

const useStyles = makeStyles(
  theme => ({ root: { padding: theme.spacing(2, 0) } }),
  { name: 'LandfallEmptyFleet' },
);

/** Explains why no service is listed, and what to do about it. @internal */
export function EmptyFleet(props: {
  isFiltered: boolean;
  instances: readonly Pick<InstanceStatus, 'state'>[];
  onClear(): void;
}) {
  const { isFiltered, instances, onClear } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  if (isFiltered) {
    return (
      <Typography className={classes.root}>
        {t('fleet.empty.filtered')}{' '}
        <Button size="small" color="primary" onClick={onClear}>
          {t('fleet.filters.clear')}
        </Button>
      </Typography>
    );
  }
  if (instances.length === 0) {
    return (
      <Typography className={classes.root}>
        {t('fleet.empty.noInstance')}
      </Typography>
    );
  }
  return (
    <div className={classes.root}>
      <Typography gutterBottom>{t('fleet.empty.none')}</Typography>
      {instances.some(({ state }) => state === 'connecting') && (
        <Typography variant="body2" gutterBottom>
          {t('fleet.empty.connecting')}
        </Typography>
      )}
      <Typography variant="body2">{t('fleet.empty.add')}</Typography>
      <CodeLine text={EXAMPLE} copy />
    </div>
  );
}
