import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityProblem } from '@landfall/backstage-plugin-delivery-common';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: theme.spacing(1, 2),
      listStyle: 'none',
      borderLeft: `4px solid ${theme.palette.warning.main}`,
      overflowWrap: 'anywhere',
    },
    advice: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallProblemList' },
);

/**
 * What keeps data of an entity from being shown, and what to do about it.
 *
 * @internal
 */
export function ProblemList(props: {
  /** What the list is about, for screen readers. */
  label: string;
  problems: readonly EntityProblem[];
}) {
  const { label, problems } = props;
  const classes = useStyles();
  if (problems.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={label}>
      {problems.map(({ code, message, advice, detail }, index) => (
        <li key={`${index} ${code}`}>
          <Typography variant="body2">
            {message}
            {detail && ` (${detail})`}
          </Typography>
          <Typography variant="body2" className={classes.advice}>
            {advice}
          </Typography>
        </li>
      ))}
    </ul>
  );
}
