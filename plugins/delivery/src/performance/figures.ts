import type {
  PerformanceFigures,
  PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type { Translate } from '../translation';
import { failureRateOf } from './chartDefinitions';
import { knownSince } from './known';
import { trendOf, type Trend } from './trend';
import type { Formats } from './useFormats';

const DAY_MS = 86_400_000;

/**
 * One of the four figures, in words.
 *
 * @internal
 */
export interface Figure {
  id: 'frequency' | 'leadTime' | 'failureRate' | 'restoreTime';
  title: string;
  definition: string;
  /** Undefined: there is none. */
  value?: string;
  /** What the value is of. */
  detail?: string;
  trend?: Trend;
  /** How the trend is put into words. */
  unit: 'amount' | 'duration' | 'points';
}

/**
 * The four figures of a period, compared with the period before if all of that is
 * known.
 *
 * @internal
 */
export function figuresOf(
  response: PerformanceResponse,
  t: Translate,
  formats: Formats,
): Figure[] {
  const { current } = response;
  const previous = isComparable(response) ? response.previous : undefined;
  return [
    {
      id: 'frequency',
      title: t('performance.frequency.title'),
      definition: t('performance.frequency.definition'),
      value: frequencyOf(response, t, formats),
      detail:
        current.deployments === 1
          ? t('performance.frequency.oneDeployment')
          : t('performance.frequency.detail', {
              deployments: formats.number(current.deployments),
            }),
      trend: trendOf(current.deployments, previous?.deployments, {
        better: 'more',
      }),
      unit: 'amount',
    },
    durationFigure('leadTime', { current, previous }, t, formats),
    {
      id: 'failureRate',
      title: t('performance.failureRate.title'),
      definition: t('performance.failureRate.definition'),
      ...failureRate(current, t, formats),
      trend: trendOf(
        failureRateOf(current),
        previous && failureRateOf(previous),
        { better: 'less', isRatio: true },
      ),
      unit: 'points',
    },
    durationFigure('restoreTime', { current, previous }, t, formats),
  ];
}

/** @internal */
export function daysOf({ from, to }: { from: string; to: string }): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

function isComparable(response: PerformanceResponse): boolean {
  const since = knownSince(response);
  const before = Date.parse(response.from) - daysOf(response) * DAY_MS;
  return since === undefined || before >= Date.parse(since);
}

/** Per day, week or month, whichever gives one or more; of the days that are known. */
function frequencyOf(
  response: PerformanceResponse,
  t: Translate,
  formats: Formats,
): string | undefined {
  const { from, to, applications, current } = response;
  const since = knownSince(response) ?? from;
  const days = daysOf({ from: since > from ? since : from, to });
  if (days < 1 || applications === 0) {
    return undefined;
  }
  const perDay = current.deployments / days;
  if (perDay >= 1) {
    return t('performance.frequency.perDay', { value: formats.number(perDay) });
  }
  const perWeek = perDay * 7;
  return perWeek >= 1 || perWeek === 0
    ? t('performance.frequency.perWeek', { value: formats.number(perWeek) })
    : t('performance.frequency.perMonth', {
        value: formats.number(perDay * 30),
      });
}

function failureRate(
  current: PerformanceFigures,
  t: Translate,
  formats: Formats,
): Pick<Figure, 'value' | 'detail'> {
  const rate = failureRateOf(current);
  return rate === undefined
    ? {}
    : {
        value: formats.percent(rate),
        detail: t('performance.failureRate.detail', {
          failures: formats.number(current.failures),
          attempts: formats.number(current.attempts),
        }),
      };
}

function durationFigure(
  id: 'leadTime' | 'restoreTime',
  figures: { current: PerformanceFigures; previous?: PerformanceFigures },
  t: Translate,
  formats: Formats,
): Figure {
  const { p50Ms, p90Ms } = figures.current[id];
  return {
    id,
    title: t(`performance.${id}.title`),
    definition: t(`performance.${id}.definition`),
    ...(p50Ms !== undefined && { value: formats.duration(p50Ms) }),
    ...(p90Ms !== undefined && {
      detail: t('performance.figures.within90', {
        duration: formats.duration(p90Ms),
      }),
    }),
    trend: trendOf(p50Ms, figures.previous?.[id].p50Ms, { better: 'less' }),
    unit: 'duration',
  };
}
