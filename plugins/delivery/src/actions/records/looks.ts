import type SvgIcon from '@material-ui/core/SvgIcon';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import SendIcon from '@material-ui/icons/Send';
import SyncIcon from '@material-ui/icons/Sync';
import type {
  ActionRecord,
  ActionState,
} from '@landfall/backstage-plugin-delivery-common';
import type { StatusTone } from '../../components/status/StatusLabel';

/** @internal */
export const LOOKS: Record<
  ActionState,
  { icon: typeof SvgIcon; tone: StatusTone }
> = {
  waiting: { icon: PauseIcon, tone: 'warning' },
  requested: { icon: SendIcon, tone: 'busy' },
  accepted: { icon: SyncIcon, tone: 'busy' },
  succeeded: { icon: CheckIcon, tone: 'good' },
  failed: { icon: ErrorIcon, tone: 'bad' },
  rejected: { icon: BlockIcon, tone: 'neutral' },
  unknown: { icon: HelpIcon, tone: 'warning' },
};

/** A state, or what became of the request or commit of a Git action. */
type StateKey =
  | ActionState
  | 'committed'
  | 'dryRun'
  | `request.${'open' | 'approved' | 'merged' | 'closed'}`;

/** The key of the text for an action's state. @internal */
export function stateKeyOf(
  record: Pick<ActionRecord, 'state' | 'change' | 'options'>,
): StateKey {
  const { state, change, options } = record;
  if (change && (state === 'accepted' || state === 'succeeded')) {
    return change.kind === 'request'
      ? `request.${change.requestState ?? 'open'}`
      : 'committed';
  }
  return state === 'succeeded' && options?.dryRun ? 'dryRun' : state;
}
