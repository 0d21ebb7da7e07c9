import { makeStyles } from '@material-ui/core/styles';
import { CLAMPED } from '../components/rowStyles';

/** Styles that the images' tables and lists share. @internal */
export const useImageStyles = makeStyles(
  theme => ({
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      overflowWrap: 'anywhere',
    },
    clamped: CLAMPED,
    secondary: { color: theme.palette.text.secondary },
    nowrap: { whiteSpace: 'nowrap' },
    chip: {
      display: 'inline-block',
      margin: theme.spacing(0, 0.5, 0.25, 0),
      padding: theme.spacing(0, 1),
      borderRadius: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      // Backstage's theme breaks words in cells, also the shortest ones.
      wordBreak: 'normal',
    },
    table: {
      '& th': {
        whiteSpace: 'nowrap',
        color: theme.palette.text.secondary,
        // Backstage's theme capitalizes table headings.
        textTransform: 'none',
        letterSpacing: 'normal',
      },
      '& td': { verticalAlign: 'top' },
      // Without this, a wrapping tag or reason shrinks to the width of a letter.
      '& td:first-child': { minWidth: 140 },
      '& td:last-child': { minWidth: 240 },
      '& tr:last-child td': { borderBottom: 'none' },
    },
  }),
  { name: 'LandfallImages' },
);
