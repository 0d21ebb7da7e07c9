import type { VersionState } from '@landfall/backstage-plugin-delivery-common';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HistoryIcon from '@material-ui/icons/History';
import RestoreIcon from '@material-ui/icons/Restore';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import type { ComponentProps } from 'react';
import type { StatusLabel } from '../components/status';

/** How a state is drawn. @internal */
export const STATE_LOOKS: Record<
  VersionState,
  Pick<ComponentProps<typeof StatusLabel>, 'icon' | 'tone'>
> = {
  failed: { icon: ErrorIcon, tone: 'bad' },
  'on-its-way': { icon: TimelapseIcon, tone: 'busy' },
  running: { icon: CheckCircleIcon, tone: 'good' },
  'rolled-back': { icon: RestoreIcon, tone: 'warning' },
  'was-here': { icon: HistoryIcon, tone: 'neutral' },
  skipped: { icon: BlockIcon, tone: 'neutral' },
};

/** The keys of the states in the message catalogue. @internal */
export const STATE_MESSAGES = {
  failed: 'failed',
  'on-its-way': 'onItsWay',
  running: 'running',
  'rolled-back': 'rolledBack',
  'was-here': 'wasHere',
  skipped: 'skipped',
} as const;
