import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { BulkDialog, type BulkService } from '../actions';
import { deliveryTranslationRef } from '../translation';
import type { FleetSelection } from './useFleetSelection';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'LandfallFleetSelectionBar' },
);

/** What can be done with the selected services. @internal */
export function FleetSelectionBar(props: {
  selection: FleetSelection;
  environments: readonly string[];
}) {
  const { selection, environments } = props;
  const { services, setAll } = selection;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  // A service that is acted on may no longer match the filters.
  const [opened, setOpened] = useState<BulkService[]>();
  const dialog = opened && (
    <BulkDialog
      services={opened}
      environments={environments}
      onClose={() => setOpened(undefined)}
    />
  );
  return services.length === 0 ? (
    <>{dialog}</>
  ) : (
    <div className={classes.root}>
      <Typography variant="body2" role="status">
        {services.length === 1
          ? t('action.bulk.one')
          : t('action.bulk.selected', { total: String(services.length) })}
      </Typography>
      <Button
        size="small"
        variant="contained"
        color="primary"
        aria-haspopup="dialog"
        onClick={() => setOpened(services)}
      >
        {t('action.bulk.actions')}
      </Button>
      <Button size="small" onClick={() => setAll(false)}>
        {t('action.bulk.clear')}
      </Button>
      {dialog}
    </div>
  );
}
