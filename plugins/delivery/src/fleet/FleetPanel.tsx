import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { useCanAct } from '../actions';
import { ErrorNotice } from '../components/ErrorNotice';
import { Skeleton } from '../components/Skeleton';
import { partStateOf, SteadyPart } from '../components/SteadyPart';
import { useIsPhone } from '../components/useIsPhone';
import { useLocale } from '../components/useLocale';
import { InstanceNotes } from '../deployments/InstanceNotes';
import { LiveState } from '../deployments/LiveState';
import { deliveryTranslationRef } from '../translation';
import { CsvButton } from './CsvButton';
import { EmptyFleet } from './EmptyFleet';
import { FleetCounters } from './FleetCounters';
import { FleetFilterBar } from './FleetFilterBar';
import { FleetSelectionBar } from './FleetSelectionBar';
import { FleetTable } from './FleetTable';
import { toColumns, toFleetRows } from './rows';
import { useCsvDownload } from './useCsvDownload';
import { useFleet } from './useFleet';
import { useFleetFilters } from './useFleetFilters';
import { useFleetSelection } from './useFleetSelection';

const LOADING_LINES = 12;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
      [theme.breakpoints.down('xs')]: {
        gap: theme.spacing(1.5),
        padding: theme.spacing(1.5),
      },
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      minHeight: 36,
    },
    content: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'LandfallFleetPanel' },
);

/**
 * Every service that the user may see, and what runs of it where. The page's query
 * string keeps the filters and the order.
 *
 * @internal
 */
export function FleetPanel() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const locale = useLocale();
  const state = useFleetFilters();
  const { filters, isFiltered } = state;
  const fleet = useFleet(filters);
  const csv = useCsvDownload(filters);
  const { data, error, isStale } = fleet;
  const rows = useMemo(
    () => (data ? toFleetRows(data.items, data.instances) : []),
    [data],
  );
  // As a text, so that the columns stay the same object while further rows are read.
  const columns = JSON.stringify(
    toColumns(rows, {
      known: data?.facets?.environments ?? [],
      selected: filters.environment,
    }),
  );
  const environments = useMemo<string[]>(() => JSON.parse(columns), [columns]);
  const selection = useFleetSelection(rows);
  const canAct = useCanAct();
  const isActing = canAct && selection.services.length > 0;
  const isPhone = useIsPhone();
  const instances = data?.instances ?? [];
  return (
    <Paper className={classes.root}>
      <FleetCounters
        counters={data?.counters}
        selected={filters.state}
        onSelect={state.setState}
      />
      <FleetFilterBar
        state={state}
        facets={data?.facets}
        instances={instances}
      />
      {error && (
        <ErrorNotice
          sentence={t(data ? 'fleet.errorStale' : 'fleet.error')}
          error={error}
          onRetry={fleet.refresh}
        />
      )}
      {csv.error && (
        <ErrorNotice
          sentence={t('fleet.csv.failed')}
          error={csv.error}
          onRetry={csv.start}
        />
      )}
      {(data || !error) && (
        <div className={classes.line}>
          {canAct && (
            // In place of the total, so that the table stays where it is.
            <FleetSelectionBar
              selection={selection}
              environments={environments}
            />
          )}
          {!isActing && (
            <Typography variant="body2" role="status">
              {data &&
                (data.total === 1
                  ? t('fleet.oneTotal')
                  : t('fleet.total', {
                      total: data.total.toLocaleString(locale),
                    }))}
            </Typography>
          )}
          <div className={classes.actions}>
            {isFiltered && !isPhone && (
              <Button size="small" onClick={state.clear}>
                {t('fleet.filters.clear')}
              </Button>
            )}
            <CsvButton csv={csv} isEmpty={!data?.total} />
            <LiveState deployments={fleet} />
          </div>
        </div>
      )}
      <SteadyPart
        part="fleet"
        scope="services"
        state={partStateOf(fleet)}
        placeholder={height => (
          <Skeleton
            lines={LOADING_LINES}
            height={height}
            label={t('fleet.loading')}
          />
        )}
      >
        <div className={classes.content}>
          <InstanceNotes
            instances={instances.filter(instance => instance.state !== 'live')}
          />
          {data && rows.length > 0 && (
            <FleetTable
              selection={canAct ? selection : undefined}
              rows={rows}
              environments={environments}
              total={data.total}
              isStale={isStale}
              hasMore={fleet.hasMore}
              loadMore={fleet.loadMore}
            />
          )}
          {data && rows.length === 0 && (
            <EmptyFleet
              isFiltered={isFiltered}
              instances={instances}
              onClear={state.clear}
            />
          )}
        </div>
      </SteadyPart>
    </Paper>
  );
}
