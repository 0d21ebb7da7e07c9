import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HelpIcon from '@material-ui/icons/Help';
import ErrorIcon from '@material-ui/icons/Error';
import UpdateIcon from '@material-ui/icons/Update';
import type {
  PolicyProblem,
  SelectionOutcome,
  VersionSelection,
} from '@landfall/backstage-plugin-delivery-common';
import type { ComponentProps } from 'react';
import { StatusLabel } from '../components/status';
import { deliveryTranslationRef, useMessageFormat } from '../translation';

const LOOKS: Record<
  SelectionOutcome,
  Pick<ComponentProps<typeof StatusLabel>, 'icon' | 'tone'>
> = {
  update: { icon: UpdateIcon, tone: 'busy' },
  chosen: { icon: UpdateIcon, tone: 'busy' },
  'up-to-date': { icon: CheckCircleIcon, tone: 'good' },
  'not-live': { icon: BlockIcon, tone: 'warning' },
  unpredictable: { icon: HelpIcon, tone: 'neutral' },
  none: { icon: BlockIcon, tone: 'warning' },
  unusable: { icon: ErrorIcon, tone: 'bad' },
};

const useStyles = makeStyles(
  theme => ({
    outcome: { overflowWrap: 'anywhere' },
    note: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
    problems: {
      margin: theme.spacing(1, 0, 0),
      padding: theme.spacing(0, 0, 0, 1.5),
      listStyle: 'none',
      borderLeft: `4px solid ${theme.palette.warning.main}`,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallSelectionResult' },
);

/** What the updater would do, and what is wrong with the policy. @internal */
export function SelectionResult(props: {
  selection: VersionSelection;
  problems: readonly PolicyProblem[];
}) {
  const { selection, problems } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  return (
    <>
      <div role="status" className={classes.outcome}>
        <StatusLabel
          {...LOOKS[selection.outcome]}
          word={format.message(selection.reason)}
          wrap
        />
      </div>
      {selection.doubts.map(doubt => (
        <Typography key={doubt.code} variant="body2" className={classes.note}>
          {format.message(doubt)}
        </Typography>
      ))}
      {problems.length > 0 && (
        <ul
          className={classes.problems}
          aria-label={t('images.updater.problems')}
        >
          {problems.map(({ code, message, advice }, index) => (
            <Typography key={`${index} ${code}`} component="li" variant="body2">
              {`${message}. ${format.message(advice)}`}
            </Typography>
          ))}
        </ul>
      )}
    </>
  );
}
