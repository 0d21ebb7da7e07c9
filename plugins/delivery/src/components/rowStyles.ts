import { makeStyles } from '@material-ui/core/styles';

/** Opacity would take the contrast from texts that are grey already. */
export const GREYED = { filter: 'grayscale(1)' };

/**
 * At most three lines: a tag may have 128 characters. The element's title has all of
 * them.
 */
export const CLAMPED = {
  display: '-webkit-inline-box',
  overflow: 'hidden',
  verticalAlign: 'bottom',
  '-webkit-line-clamp': 3,
  '-webkit-box-orient': 'vertical',
  '&:focus-within': { '-webkit-line-clamp': 'none' },
} as const;

const calm = '@media (prefers-reduced-motion: reduce)';

/**
 * The lines of the cards and of the tab. They wrap in narrow layouts.
 *
 * @internal
 */
export const useRowStyles = makeStyles(
  theme => ({
    '@keyframes pulseEven': {
      from: { backgroundColor: theme.palette.action.selected },
      to: { backgroundColor: 'transparent' },
    },
    // Identical to `pulseEven`: an animation restarts only under another name.
    '@keyframes pulseOdd': {
      from: { backgroundColor: theme.palette.action.selected },
      to: { backgroundColor: 'transparent' },
    },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(0.75, 2),
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    // Greyed, and still with enough contrast to be read.
    stale: {
      '& $line': { color: theme.palette.text.secondary, ...GREYED },
    },
    pulseEven: {
      animation: '$pulseEven 1.6s ease-out',
      [calm]: { animation: 'none' },
    },
    pulseOdd: {
      animation: '$pulseOdd 1.6s ease-out',
      [calm]: { animation: 'none' },
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      columnGap: theme.spacing(1),
      rowGap: theme.spacing(0.25),
      minHeight: 36,
    },
    name: {
      fontWeight: 600,
      overflowWrap: 'anywhere',
    },
    version: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      overflowWrap: 'anywhere',
    },
    clamped: CLAMPED,
    none: {
      fontFamily: theme.typography.fontFamily,
      color: theme.palette.text.secondary,
    },
    progress: {
      fontWeight: 'inherit',
      color: theme.palette.text.primary,
      whiteSpace: 'nowrap',
    },
    imageLink: {
      marginLeft: theme.spacing(0.5),
      fontSize: '1rem',
      verticalAlign: 'text-bottom',
    },
    source: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
    more: { margin: theme.spacing(0.5, 1.5) },
    secondary: { color: theme.palette.text.secondary },
    nested: {
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 0, 0, 2),
    },
    note: {
      margin: 0,
      paddingBottom: theme.spacing(0.5),
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    // The themes' red has too little contrast for text, so a bar marks a problem.
    problem: {
      color: theme.palette.text.primary,
      paddingLeft: theme.spacing(1),
      marginBottom: theme.spacing(0.5),
      paddingBottom: 0,
      borderLeft: `4px solid ${theme.palette.error.main}`,
    },
  }),
  { name: 'LandfallDeploymentRow' },
);
