import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { HealthStatus } from '@landfall/backstage-plugin-delivery-common';
import type SvgIcon from '@material-ui/core/SvgIcon';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import MissingIcon from '@material-ui/icons/NotInterested';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import { deliveryTranslationRef } from '../../translation';
import { StatusLabel, type StatusTone } from './StatusLabel';

const LOOKS: Record<HealthStatus, [typeof SvgIcon, StatusTone]> = {
  Healthy: [CheckIcon, 'good'],
  Progressing: [TimelapseIcon, 'busy'],
  Degraded: [ErrorIcon, 'bad'],
  Suspended: [PauseIcon, 'warning'],
  Missing: [MissingIcon, 'warning'],
  Unknown: [HelpIcon, 'neutral'],
};

/** Argo CD's health as an icon and a word. @internal */
export function HealthStatusLabel(props: {
  status: HealthStatus;
  /** Why, shown on hover. */
  reason?: string;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [icon, tone] = LOOKS[props.status];
  return (
    <StatusLabel
      icon={icon}
      tone={tone}
      word={t(`health.${props.status}`)}
      detail={props.reason}
    />
  );
}
