import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationRollout } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef, type Translate } from '../../translation';

type Step = ApplicationRollout['steps'][number];

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    current: { fontWeight: 600 },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallRolloutSteps' },
);

/** The steps of a canary, and which of them are done. @internal */
export function RolloutSteps(props: {
  steps: readonly Step[];
  /** The step under way; undefined: not known. */
  current?: number;
}) {
  const { steps, current } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <ol className={classes.list}>
      {steps.map((step, index) => {
        const state = current === undefined ? undefined : place(index, current);
        return (
          <li
            key={index}
            className={state === 'current' ? classes.current : undefined}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            {stepWords(step, t)}{' '}
            {state && (
              <span className={classes.secondary}>
                ({t(`application.rollout.step.${state}`)})
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function place(index: number, current: number): 'done' | 'current' | 'pending' {
  if (index < current) {
    return 'done';
  }
  return index === current ? 'current' : 'pending';
}

/** Kinds of steps without own words have the name of their field. */
function stepWords(step: Step, t: Translate): string {
  const { kind, weight, duration, templates } = step;
  const interpolation = { escapeValue: false };
  if (weight !== undefined) {
    return t('application.rollout.step.setWeight', { weight: String(weight) });
  }
  switch (kind) {
    case 'pause':
      return duration === undefined
        ? t('application.rollout.step.pause')
        : t('application.rollout.step.pauseFor', {
            duration: /^\d+$/.test(duration) ? `${duration} s` : duration,
            interpolation,
          });
    case 'analysis':
      return t('application.rollout.step.analysis', {
        templates: templates?.join(', ') ?? '',
        interpolation,
      });
    default:
      return t('application.rollout.step.other', { kind, interpolation });
  }
}
