import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import TrendingDownIcon from '@material-ui/icons/TrendingDown';
import TrendingFlatIcon from '@material-ui/icons/TrendingFlat';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';
import { StatusLabel } from '../components/status';
import { deliveryTranslationRef } from '../translation';
import type { Figure } from './figures';
import type { Formats } from './useFormats';

const ICONS = {
  up: TrendingUpIcon,
  down: TrendingDownIcon,
  same: TrendingFlatIcon,
};

const WORDS = {
  amount: { up: 'performance.trend.more', down: 'performance.trend.less' },
  duration: {
    up: 'performance.trend.longer',
    down: 'performance.trend.shorter',
  },
  points: {
    up: 'performance.trend.pointsMore',
    down: 'performance.trend.pointsLess',
  },
} as const;

/**
 * How a figure compares with the period before, and whether that is better.
 *
 * @internal
 */
export function TrendLabel(props: {
  figure: Pick<Figure, 'trend' | 'unit'>;
  days: number;
  formats: Formats;
}) {
  const { figure, days, formats } = props;
  const { trend, unit } = figure;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (!trend) {
    return (
      <Typography variant="caption" component="p" color="textSecondary">
        {t('performance.trend.none', { days: String(days) })}
      </Typography>
    );
  }
  const { direction, change, isBetter } = trend;
  const word =
    direction === 'same'
      ? t('performance.trend.same', { days: String(days) })
      : t(WORDS[unit][direction], {
          days: String(days),
          value:
            unit === 'points'
              ? formats.points(change)
              : formats.percent(change),
          judgement: t(
            isBetter ? 'performance.trend.better' : 'performance.trend.worse',
          ),
        });
  return (
    <Typography variant="caption" component="p">
      <StatusLabel
        icon={ICONS[direction]}
        tone={toneOf(isBetter)}
        word={word}
        wrap
      />
    </Typography>
  );
}

function toneOf(isBetter: boolean | undefined): 'good' | 'bad' | 'neutral' {
  if (isBetter === undefined) {
    return 'neutral';
  }
  return isBetter ? 'good' : 'bad';
}
