import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PerformanceResponse } from '@landfall/backstage-plugin-delivery-common';
import { ErrorNotice } from '../components/ErrorNotice';
import type { FilterItem } from '../components/FilterBar';
import { Skeleton } from '../components/Skeleton';
import { partStateOf, SteadyPart } from '../components/SteadyPart';
import { setQueryParams, useQueryParam } from '../components/useQueryParam';
import { deliveryTranslationRef } from '../translation';
import { CHARTS } from './chartDefinitions';
import { ChartSection } from './ChartSection';
import { FigureList } from './FigureList';
import { LeadTimeShares } from './LeadTimeShares';
import { PerformanceControls } from './PerformanceControls';
import { PerformanceNotes } from './PerformanceNotes';
import { requestOf, type PerformanceScope } from './scope';
import { parseSelection } from './selection';
import { useFormats } from './useFormats';
import { usePerformance } from './usePerformance';

/** About as high as the figures and the charts. */
const USUAL_LINES = 20;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      minWidth: 0,
      [theme.breakpoints.down('xs')]: { gap: theme.spacing(1) },
    },
    body: {
      display: 'grid',
      gap: theme.spacing(2),
      minWidth: 0,
      transition: 'opacity 200ms',
    },
    stale: { opacity: 0.5 },
    charts: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))',
      gap: theme.spacing(2),
    },
  }),
  { name: 'LandfallPerformanceView' },
);

/**
 * The figures of delivery performance of an entity or of services, with charts. The
 * page's query string keeps the period (`period`, or `from` and `to`), its parts
 * (`interval`) and the environment.
 *
 * @internal
 */
export function PerformanceView(props: {
  scope: PerformanceScope;
  /** What narrows the scope. */
  filters?: FilterItem[];
}) {
  const { scope, filters } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const [period] = useQueryParam('period');
  const [from] = useQueryParam('from');
  const [to] = useQueryParam('to');
  const [interval, setInterval] = useQueryParam('interval');
  const [environment, setEnvironment] = useQueryParam('environment');
  const selection = parseSelection({
    period,
    from,
    to,
    interval,
    environment,
  });
  const { data, error, isStale, refresh } = usePerformance(scope, selection);
  return (
    <div className={classes.root}>
      <PerformanceControls
        selection={selection}
        environments={data?.environments ?? []}
        filters={filters}
        // Each period has parts that suit it.
        onDaysChange={days =>
          setQueryParams({
            period: days,
            from: undefined,
            to: undefined,
            interval: undefined,
          })
        }
        onDatesChange={dates =>
          setQueryParams({ ...dates, period: undefined, interval: undefined })
        }
        onIntervalChange={setInterval}
        onEnvironmentChange={setEnvironment}
      />
      <SteadyPart
        part="performance"
        scope={JSON.stringify(requestOf(scope))}
        state={partStateOf({ data, error })}
        placeholder={height => (
          <Skeleton
            lines={USUAL_LINES}
            height={height}
            label={t('performance.loading')}
          />
        )}
      >
        {error && (
          <ErrorNotice
            sentence={t(data ? 'performance.errorStale' : 'performance.error')}
            error={error}
            onRetry={refresh}
          />
        )}
        {data && (
          <div
            className={`${classes.body} ${isStale ? classes.stale : ''}`}
            aria-busy={isStale}
          >
            <Body response={data} />
          </div>
        )}
      </SteadyPart>
    </div>
  );
}

function Body({ response }: { response: PerformanceResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const formats = useFormats();
  if (response.applications === 0) {
    return <Typography>{t('performance.noApplications')}</Typography>;
  }
  const isEmpty = response.current.attempts === 0;
  return (
    <>
      <FigureList response={response} formats={formats} />
      {isEmpty ? (
        <Typography>{t('performance.noDeployments')}</Typography>
      ) : (
        <div className={classes.charts}>
          {CHARTS.map(definition => (
            <ChartSection
              key={definition.id}
              definition={definition}
              response={response}
              formats={formats}
            />
          ))}
          <LeadTimeShares figures={response.current} formats={formats} />
        </div>
      )}
      <PerformanceNotes response={response} formats={formats} />
    </>
  );
}
