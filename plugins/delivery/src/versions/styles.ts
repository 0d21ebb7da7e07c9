import { makeStyles } from '@material-ui/core/styles';
import { CLAMPED } from '../components/rowStyles';

/** Styles that the parts of the grid share. @internal */
export const useGridStyles = makeStyles(
  theme => ({
    // Otherwise, hidden texts in it would make the page as wide as the table.
    scroll: { position: 'relative' },
    table: {
      // A sticky column loses its borders where they are collapsed.
      borderCollapse: 'separate',
      '& th': {
        color: theme.palette.text.primary,
        // Backstage's theme capitalizes table headings.
        textTransform: 'none',
        letterSpacing: 'normal',
      },
      '& th, & td': { verticalAlign: 'top' },
      '& tbody tr:last-child > *': { borderBottom: 'none' },
    },
    sticky: {
      position: 'sticky',
      left: 0,
      zIndex: 1,
      backgroundColor: theme.palette.background.paper,
      borderRight: `1px solid ${theme.palette.divider}`,
      minWidth: 150,
      maxWidth: 280,
      [theme.breakpoints.down('xs')]: { minWidth: 120, maxWidth: 150 },
    },
    environment: { minWidth: 140 },
    name: { fontWeight: 600, overflowWrap: 'anywhere' },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      overflowWrap: 'anywhere',
    },
    version: { fontWeight: 700, ...CLAMPED },
    secondary: {
      color: theme.palette.text.secondary,
      fontWeight: 'normal',
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
    warning: { color: theme.palette.error.main },
    state: { '& + &': { marginTop: theme.spacing(0.5) } },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'LandfallVersionGrid' },
);
