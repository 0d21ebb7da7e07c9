import { useTranslationRef } from '@backstage/frontend-plugin-api';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationRollout } from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../../components/time';
import { Detail, DetailSection } from '../../promotions/DetailRows';
import { deliveryTranslationRef } from '../../translation';
import { RolloutSteps } from './RolloutSteps';

const useStyles = makeStyles(
  theme => ({
    rollout: { marginBottom: theme.spacing(2) },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallRollouts' },
);

/** How far Argo Rollouts has got, and what holds it up. @internal */
export function Rollouts(props: { rollouts: readonly ApplicationRollout[] }) {
  const classes = useStyles();
  return (
    <>
      {props.rollouts.map(rollout => (
        <div
          key={`${rollout.namespace}/${rollout.name}`}
          className={classes.rollout}
        >
          <RolloutSection rollout={rollout} />
        </div>
      ))}
    </>
  );
}

function RolloutSection({ rollout }: { rollout: ApplicationRollout }) {
  const { name, strategy, phase, message, aborted, weight, pauses, steps } =
    rollout;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <DetailSection
      title={t('application.rollout.title', {
        name,
        interpolation: { escapeValue: false },
      })}
    >
      <Detail name={t('application.rollout.strategyLabel')}>
        {t(`application.rollout.strategy.${strategy}`)}
      </Detail>
      <Detail name={t('application.rollout.phase')}>
        {phase}
        {aborted && <div>{t('application.rollout.aborted')}</div>}
        {message && <div>{message}</div>}
      </Detail>
      <Detail name={t('application.rollout.paused')}>
        {pauses.length > 0 &&
          pauses.map(({ reason, startedAt }) => (
            <div key={reason}>
              {reason} {startedAt && <RelativeTime at={startedAt} />}
            </div>
          ))}
      </Detail>
      <Detail name={t('application.rollout.weight')}>
        {weight !== undefined && <Weight weight={weight} />}
      </Detail>
      <Detail name={t('application.rollout.steps')}>
        {steps.length > 0 && (
          <RolloutSteps steps={steps} current={rollout.currentStep} />
        )}
      </Detail>
      <Detail name={t('application.rollout.analysis')}>
        {rollout.analyses.length > 0 &&
          rollout.analyses.map(analysis => (
            <Analysis key={analysis.name} analysis={analysis} />
          ))}
      </Detail>
    </DetailSection>
  );
}

function Weight({ weight }: { weight: number }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      {t('application.rollout.percent', { weight: String(weight) })}
      <LinearProgress
        variant="determinate"
        value={weight}
        aria-label={t('application.rollout.weight')}
      />
    </>
  );
}

function Analysis(props: { analysis: ApplicationRollout['analyses'][number] }) {
  const { name, kind, status, message } = props.analysis;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <div>
      {name}: {status}{' '}
      <span className={useStyles().secondary}>
        {t(`application.rollout.analysisKind.${kind}`)}
      </span>
      {message && <div>{message}</div>}
    </div>
  );
}
