import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { useRowStyles } from '../components/rowStyles';

/** A line of text below what it explains. @internal */
export function Note(props: { problem?: boolean; children: ReactNode }) {
  const classes = useRowStyles();
  return (
    <Typography
      variant="body2"
      className={`${classes.note} ${props.problem ? classes.problem : ''}`}
    >
      {props.children}
    </Typography>
  );
}
