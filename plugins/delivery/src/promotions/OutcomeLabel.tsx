import { useTranslationRef } from '@backstage/frontend-plugin-api';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import RestoreIcon from '@material-ui/icons/Restore';
import RedoIcon from '@material-ui/icons/Redo';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { ComponentProps } from 'react';
import { StatusLabel } from '../components/status';
import { deliveryTranslationRef } from '../translation';
import { outcomeMessage, outcomeOf, type OutcomeFilter } from './outcome';

type Look = Pick<ComponentProps<typeof StatusLabel>, 'icon' | 'tone'>;

const LOOKS: Record<OutcomeFilter, Look> = {
  open: { icon: TimelapseIcon, tone: 'busy' },
  live: { icon: CheckCircleIcon, tone: 'good' },
  failed: { icon: ErrorIcon, tone: 'bad' },
  superseded: { icon: RedoIcon, tone: 'neutral' },
  'rolled-back': { icon: RestoreIcon, tone: 'warning' },
  abandoned: { icon: BlockIcon, tone: 'neutral' },
};

/**
 * A promotion's outcome, or that it is on its way.
 *
 * @internal
 */
export function OutcomeLabel({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const outcome = outcomeOf(promotion);
  return <StatusLabel {...LOOKS[outcome]} word={t(outcomeMessage(outcome))} />;
}
