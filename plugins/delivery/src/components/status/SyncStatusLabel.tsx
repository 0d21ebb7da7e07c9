import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type SvgIcon from '@material-ui/core/SvgIcon';
import CheckIcon from '@material-ui/icons/Check';
import HelpIcon from '@material-ui/icons/HelpOutline';
import SyncIcon from '@material-ui/icons/Sync';
import SyncProblemIcon from '@material-ui/icons/SyncProblem';
import DifferenceIcon from '@material-ui/icons/CompareArrows';
import { deliveryTranslationRef } from '../../translation';
import { StatusLabel, type StatusTone } from './StatusLabel';

/**
 * How an application stands to Git, together with its latest operation.
 *
 * @internal
 */
export type SyncState =
  | { state: 'synced' | 'unknown' }
  | { state: 'syncing' | 'failed'; message?: string }
  | { state: 'outOfSync'; resources: number };

const LOOKS: Record<SyncState['state'], [typeof SvgIcon, StatusTone]> = {
  synced: [CheckIcon, 'good'],
  syncing: [SyncIcon, 'busy'],
  outOfSync: [DifferenceIcon, 'warning'],
  failed: [SyncProblemIcon, 'bad'],
  unknown: [HelpIcon, 'neutral'],
};

/** The word of a sync state. @internal */
export function useSyncWord(): (sync: SyncState) => string {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return sync =>
    sync.state === 'outOfSync' && sync.resources > 0
      ? t('sync.outOfSyncResources', { resources: String(sync.resources) })
      : t(`sync.${sync.state}`);
}

/** The sync state as an icon and a word. @internal */
export function SyncStatusLabel({ sync }: { sync: SyncState }) {
  const word = useSyncWord();
  const [icon, tone] = LOOKS[sync.state];
  return (
    <StatusLabel
      icon={icon}
      tone={tone}
      word={word(sync)}
      detail={'message' in sync ? sync.message : undefined}
    />
  );
}
