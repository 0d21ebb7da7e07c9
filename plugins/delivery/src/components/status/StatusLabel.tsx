import { makeStyles } from '@material-ui/core/styles';
import type SvgIcon from '@material-ui/core/SvgIcon';

/** @internal */
export type StatusTone = 'good' | 'busy' | 'warning' | 'bad' | 'neutral';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      whiteSpace: 'nowrap',
      // Without this, the icon's lower edge aligns with the text.
      verticalAlign: 'top',
    },
    wrap: {
      whiteSpace: 'normal',
      // A column of a table is at least as wide as a word.
      overflowWrap: 'break-word',
      wordBreak: 'normal',
      alignItems: 'flex-start',
      lineHeight: 1.4,
    },
    icon: { fontSize: '1.1rem' },
    good: { color: theme.palette.success.main },
    busy: { color: theme.palette.info.main },
    warning: { color: theme.palette.warning.main },
    bad: { color: theme.palette.error.main },
    neutral: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallStatusLabel' },
);

/**
 * An icon and a word. The colour only supports them. `detail` is shown on hover
 * only, so it must appear elsewhere too.
 *
 * @internal
 */
export function StatusLabel(props: {
  icon: typeof SvgIcon;
  tone: StatusTone;
  word: string;
  detail?: string;
  /** For whole sentences. */
  wrap?: boolean;
}) {
  const { icon: Icon, tone, word, detail, wrap } = props;
  const classes = useStyles();
  return (
    <span
      className={`${classes.root} ${wrap ? classes.wrap : ''}`}
      title={detail}
    >
      <Icon className={`${classes.icon} ${classes[tone]}`} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
