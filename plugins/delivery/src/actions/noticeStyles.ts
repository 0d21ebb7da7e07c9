import { makeStyles } from '@material-ui/core/styles';

/** Bars beside a text: the themes' colours have too little contrast for texts. @internal */
export const useNoticeStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(1, 0),
      padding: theme.spacing(0.5, 0, 0.5, 1.5),
      borderLeft: `4px solid ${theme.palette.info.main}`,
      overflowWrap: 'anywhere',
    },
    warning: { borderLeftColor: theme.palette.warning.main },
    bad: { borderLeftColor: theme.palette.error.main },
    details: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallActionNotice' },
);
