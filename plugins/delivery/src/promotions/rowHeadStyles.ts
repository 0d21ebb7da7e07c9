import { makeStyles } from '@material-ui/core/styles';

/** Styles that the rows of promotions and of their groups share. @internal */
export const useRowHeadStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      padding: theme.spacing(1.5, 1),
      borderTop: `1px solid ${theme.palette.divider}`,
      // The page's header must not cover the target of a link.
      scrollMarginTop: theme.spacing(10),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(1),
      fontSize: theme.typography.body2.fontSize,
    },
    // A tag can have 128 characters.
    title: { overflowWrap: 'anywhere', minWidth: 0 },
    version: { fontWeight: 700 },
    secondary: { color: theme.palette.text.secondary },
    end: {
      marginLeft: 'auto',
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    chevron: { transition: theme.transitions.create('transform') },
    open: { transform: 'rotate(180deg)' },
  }),
  { name: 'LandfallPromotionRowHead' },
);
