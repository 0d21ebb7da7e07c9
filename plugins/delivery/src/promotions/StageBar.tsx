import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import { formatDuration, useTimedText } from '../components/time';
import { deliveryTranslationRef } from '../translation';
import { StageDot } from './StageDot';
import { useStageTexts } from './stageTexts';
import { stagesOf, type StageView } from './stages';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      rowGap: theme.spacing(0.5),
      listStyle: 'none',
      margin: 0,
      padding: 0,
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.4,
    },
    stage: {
      flex: '1 0 auto',
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      gridTemplateRows: 'minmax(1.4em, auto) auto',
      columnGap: theme.spacing(0.5),
      alignItems: 'center',
      '&:last-child': { flexGrow: 0 },
    },
    denseStage: { display: 'flex', flexGrow: 0 },
    line: {
      display: 'flex',
      alignItems: 'center',
      minWidth: theme.spacing(4),
      marginRight: theme.spacing(0.5),
      color: theme.palette.text.secondary,
      whiteSpace: 'nowrap',
      '&::before, &::after': {
        content: '""',
        flex: 1,
        minWidth: theme.spacing(1),
        borderTop: `2px solid ${theme.palette.divider}`,
        transition: 'border-color 600ms',
      },
      '& > span': { padding: theme.spacing(0, 0.5) },
    },
    denseLine: { marginLeft: theme.spacing(0.5) },
    passed: {
      '&::before, &::after': { borderColor: theme.palette.success.main },
    },
    label: {
      gridColumn: '1 / -1',
      paddingRight: theme.spacing(1.5),
      whiteSpace: 'nowrap',
    },
    denseLabel: { paddingRight: 0 },
    name: { fontWeight: 500 },
    text: { color: theme.palette.text.secondary, display: 'block' },
    denseText: { display: 'inline' },
    failed: { color: theme.palette.error.main },
  }),
  { name: 'LandfallStageBar' },
);

/** @internal */
export interface StageBarProps {
  promotion: Promotion;
  /**
   * Milliseconds since the epoch. Without it, the running time follows the
   * clock.
   */
  now?: number;
  /** Names and times on one line. */
  dense?: boolean;
}

/**
 * A version's progress through its stages, with the time of each stage and
 * the time spent between stages.
 *
 * @internal
 */
export function StageBar({ promotion, now, dense = false }: StageBarProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const stages = stagesOf(promotion);
  return (
    <ol className={useStyles().root} aria-label={t('promotion.stages.title')}>
      {stages.map((stage, index) => (
        <Stage
          key={stage.name}
          stage={stage}
          next={stages[index + 1]}
          now={now}
          dense={dense}
        />
      ))}
    </ol>
  );
}

function Stage(props: {
  stage: StageView;
  next?: StageView;
  now?: number;
  dense: boolean;
}) {
  const { stage, next, now, dense } = props;
  const classes = useStyles();
  const textsOf = useStageTexts();
  const texts = textsOf(stage);
  const isFailed = stage.state === 'failed';
  const line = next && <Line next={next} now={now} dense={dense} />;
  return (
    <li
      aria-label={texts.label}
      className={`${classes.stage} ${dense ? classes.denseStage : ''}`}
    >
      <StageDot state={stage.state} />
      {!dense && (line ?? <span />)}
      <span
        className={`${classes.label} ${dense ? classes.denseLabel : ''}`}
        title={texts.title}
      >
        <span className={`${classes.name} ${isFailed ? classes.failed : ''}`}>
          {texts.name}
        </span>{' '}
        <span className={`${classes.text} ${dense ? classes.denseText : ''}`}>
          {isFailed && (
            <span className={classes.failed}>{`${texts.status} `}</span>
          )}
          {!isFailed && texts.status}
          {stage.time && (
            <time dateTime={stage.time.at}>
              {texts.isObserved && '≈ '}
              {texts.time}
            </time>
          )}
        </span>
      </span>
      {dense && line}
    </li>
  );
}

function Line(props: { next: StageView; now?: number; dense: boolean }) {
  const { next, now, dense } = props;
  const classes = useStyles();
  const isPassed = next.state === 'reached' || next.state === 'skipped';
  return (
    <span
      className={[
        classes.line,
        dense ? classes.denseLine : '',
        isPassed ? classes.passed : '',
      ].join(' ')}
    >
      <Duration next={next} now={now} />
    </span>
  );
}

function Duration({ next, now }: { next: StageView; now?: number }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const textsOf = useStageTexts();
  const { previousAt, spent } = next;
  const isRunning = next.state === 'current' && previousAt !== undefined;
  const running = useTimedText(ticked =>
    isRunning && previousAt
      ? formatDuration((now ?? ticked) - Date.parse(previousAt), t)
      : '',
  );
  if (isRunning && previousAt) {
    return (
      <span
        title={t('promotion.stages.sinceTitle', {
          duration: running,
          from: previousAt,
        })}
      >
        {running}
      </span>
    );
  }
  if (spent === undefined) {
    return null;
  }
  const duration = formatDuration(spent, t);
  return (
    <span
      title={t('promotion.stages.tookTitle', {
        duration,
        name: textsOf(next).name,
      })}
    >
      {duration}
    </span>
  );
}
