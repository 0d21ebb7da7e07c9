import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { deliveryTranslationRef } from '../translation';
import type { StageView } from './stages';

/** @internal */
export interface StageTexts {
  name: string;
  /** Set if the stage wasn't simply reached. */
  status?: string;
  /** The local time of day. */
  time?: string;
  isObserved: boolean;
  /** The exact time, and its source. */
  title?: string;
  /** The complete text, for screen readers. */
  label: string;
}

/**
 * The texts of a stage in the stage bar.
 *
 * @internal
 */
export function useStageTexts(): (stage: StageView) => StageTexts {
  const { t } = useTranslationRef(deliveryTranslationRef);

  const statusOf = (stage: StageView): string | undefined => {
    switch (stage.state) {
      case 'current':
        if (stage.isSyncing) {
          return t('promotion.stages.wait.syncing');
        }
        return t(
          stage.isMerge
            ? 'promotion.stages.wait.merge'
            : `promotion.stages.wait.${stage.name}`,
        );
      case 'failed':
        return t('promotion.stages.failed');
      case 'unknown':
        return t('promotion.stages.unknown');
      case 'skipped':
        return t('promotion.stages.skipped');
      case 'missed':
        return t('promotion.stages.missed');
      default:
        return undefined;
    }
  };

  const titleOf = ({ state, time }: StageView): string | undefined => {
    if (time?.basis === 'observed') {
      return t('promotion.stages.observedTitle', { at: time.at });
    }
    return state === 'skipped' ? t('promotion.stages.skippedTitle') : time?.at;
  };

  return stage => {
    const name = t(`promotion.stages.name.${stage.name}`);
    const status = statusOf(stage);
    const time = stage.time && formatTime(stage.time.at);
    const isObserved = stage.time?.basis === 'observed';
    const basis = isObserved ? t('promotion.stages.observed') : undefined;
    return {
      name,
      status,
      time,
      isObserved,
      title: titleOf(stage),
      label: [
        [name, stage.state === 'failed' && status, time]
          .filter(Boolean)
          .join(' '),
        stage.state !== 'failed' && status,
        basis,
      ]
        .filter(Boolean)
        .join(', '),
    };
  };
}

function formatTime(at: string): string {
  const time = DateTime.fromISO(at);
  return time.isValid ? time.toFormat('HH:mm:ss') : at;
}
