import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryProblem } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';

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
  { name: 'LandfallRepositoryProblems' },
);

/**
 * What keeps images of an entity's repositories from being shown, and what to do
 * about it.
 *
 * @internal
 */
export function RepositoryProblems(props: {
  problems: readonly RepositoryProblem[];
}) {
  const { problems } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  if (problems.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={t('images.problems')}>
      {problems.map(({ code, message, advice }, index) => (
        <li key={`${index} ${code}`}>
          <Typography variant="body2">{message}</Typography>
          <Typography variant="body2" className={classes.advice}>
            {advice}
          </Typography>
        </li>
      ))}
    </ul>
  );
}
