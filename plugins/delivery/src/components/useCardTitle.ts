import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    // As large as the titles of Backstage's own cards, which leaves room on a phone.
    root: { [theme.breakpoints.down('xs')]: { '&&': { fontSize: '1.25rem' } } },
  }),
  { name: 'LandfallCardTitle' },
);

/** What the titles of all cards have in common. @internal */
export function useCardTitle() {
  return { component: 'h2', className: useStyles().root } as const;
}
