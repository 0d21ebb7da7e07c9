import { makeStyles } from '@material-ui/core/styles';

const calm = '@media (prefers-reduced-motion: reduce)';

/**
 * The lines of the card and of the tab. All lines share the widths of their
 * cells, so that these stand under one another, and wrap where there is no room.
 *
 * @internal
 */
export const useRowStyles = makeStyles(
  theme => ({
    '@keyframes pulseEven': {
      from: { backgroundColor: theme.palette.action.selected },
      to: { backgroundColor: 'transparent' },
    },
    // The same again: an animation starts anew only under another name.
    '@keyframes pulseOdd': {
      from: { backgroundColor: theme.palette.action.selected },
      to: { backgroundColor: 'transparent' },
    },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(0.75, 2),
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    stale: { '& $line': { opacity: 0.55 } },
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
      flex: '1 1 80px',
      minWidth: 0,
      fontWeight: 600,
      overflowWrap: 'anywhere',
    },
    version: {
      flex: '2 1 110px',
      minWidth: 0,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      overflowWrap: 'anywhere',
    },
    none: {
      fontFamily: theme.typography.fontFamily,
      color: theme.palette.text.secondary,
    },
    health: { flex: '1 1 108px' },
    sync: { flex: '1 1 116px' },
    age: {
      flex: '2 1 150px',
      minWidth: 0,
      color: theme.palette.text.secondary,
    },
    links: { flex: '0 0 36px', marginLeft: 'auto', textAlign: 'right' },
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
    problem: { color: theme.palette.error.main },
  }),
  { name: 'LandfallDeploymentRow' },
);
