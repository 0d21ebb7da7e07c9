import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { color: theme.palette.text.primary, fontWeight: 600 },
  }),
  { name: 'LandfallLegend' },
);

/** The title of a group of choices, like those of the other parts of a dialog. @internal */
export function Legend(props: { id?: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <FormLabel id={props.id} component="legend" className={classes.root}>
      {props.children}
    </FormLabel>
  );
}
