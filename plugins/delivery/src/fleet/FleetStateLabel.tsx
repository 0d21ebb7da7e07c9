import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FleetState } from '@landfall/backstage-plugin-delivery-common';
import type SvgIcon from '@material-ui/core/SvgIcon';
import BlockIcon from '@material-ui/icons/Block';
import DifferenceIcon from '@material-ui/icons/CompareArrows';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HistoryIcon from '@material-ui/icons/History';
import LockIcon from '@material-ui/icons/LockOutlined';
import NewReleasesIcon from '@material-ui/icons/NewReleasesOutlined';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import { StatusLabel, type StatusTone } from '../components/status/StatusLabel';
import { deliveryTranslationRef } from '../translation';

/** The icon and the tone of each state. */
const FLEET_STATE_LOOKS: Record<
  FleetState,
  { icon: typeof SvgIcon; tone: StatusTone }
> = {
  stuck: { icon: BlockIcon, tone: 'bad' },
  degraded: { icon: ErrorIcon, tone: 'bad' },
  'out-of-sync': { icon: DifferenceIcon, tone: 'warning' },
  updating: { icon: TimelapseIcon, tone: 'busy' },
  'update-available': { icon: NewReleasesIcon, tone: 'busy' },
  held: { icon: LockIcon, tone: 'neutral' },
  stale: { icon: HistoryIcon, tone: 'neutral' },
};

/** A state as an icon and a word. @internal */
export function FleetStateLabel({ state }: { state: FleetState }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { icon, tone } = FLEET_STATE_LOOKS[state];
  return (
    <StatusLabel icon={icon} tone={tone} word={t(`fleet.state.${state}`)} />
  );
}
