import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  type DescribedProblem,
  inTopic,
} from '@landfall/backstage-plugin-delivery-common';
import { useMessageFormat } from '../translation';

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
  problems: readonly DescribedProblem[];
}) {
  const { label, problems } = props;
  const classes = useStyles();
  const format = useMessageFormat();
  if (problems.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={label}>
      {problems.map((problem, index) => (
        <li key={`${index} ${problem.code}`}>
          <Typography variant="body2">
            {format.message(inTopic('problem', problem))}
            {problem.detail && ` (${format.message(problem.detail)})`}
          </Typography>
          <Typography variant="body2" className={classes.advice}>
            {format.message(problem.advice)}
          </Typography>
        </li>
      ))}
    </ul>
  );
}
