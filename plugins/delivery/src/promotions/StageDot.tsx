import { makeStyles } from '@material-ui/core/styles';
import ErrorIcon from '@material-ui/icons/Error';
import type { StageState } from './stages';

const useStyles = makeStyles(
  theme => ({
    dot: {
      boxSizing: 'border-box',
      width: 12,
      height: 12,
      borderRadius: '50%',
      border: `2px solid ${theme.palette.text.disabled}`,
      transition: 'background-color 600ms, border-color 600ms',
    },
    reached: {
      borderColor: theme.palette.success.main,
      backgroundColor: theme.palette.success.main,
    },
    current: {
      borderColor: theme.palette.info.main,
      animation: '$pulse 1.6s ease-in-out infinite',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
    unknown: { borderStyle: 'dashed' },
    skipped: { borderStyle: 'dotted' },
    failed: {
      width: 16,
      height: 16,
      margin: -2,
      color: theme.palette.error.main,
    },
    '@keyframes pulse': {
      '0%, 100%': { boxShadow: `0 0 0 0 ${theme.palette.info.main}` },
      '50%': { boxShadow: `0 0 0 4px transparent` },
    },
  }),
  { name: 'LandfallStageDot' },
);

/**
 * One dot of the stage bar. It only supports the words beside it.
 *
 * @internal
 */
export function StageDot({ state }: { state: StageState }) {
  const classes = useStyles();
  if (state === 'failed') {
    return <ErrorIcon className={classes.failed} aria-hidden />;
  }
  const style = {
    reached: classes.reached,
    current: classes.current,
    unknown: classes.unknown,
    skipped: classes.skipped,
    pending: '',
    missed: '',
  }[state];
  return <span className={`${classes.dot} ${style}`} aria-hidden />;
}
