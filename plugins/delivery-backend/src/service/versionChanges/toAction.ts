import { stringifyEntityRef } from '@backstage/catalog-model';
import type { VersionChangeRequest } from '@landfall/backstage-plugin-delivery-common';
import { randomUUID } from 'node:crypto';
import type { StoredAction } from '../../store/operations/actions';
import { isoNow } from '../../store/time';
import { versionChangeKeyOf } from '../actions/actionKey';
import type { JudgedItem } from './judgeItem';
import type { PlannedChange } from './plannedChange';
import type { VersionCommits } from './versionCommits';

/**
 * The action of an item, as it is stored before anything is done.
 *
 * @internal
 */
export function toAction(
  { action, reason, via = 'request' }: VersionChangeRequest,
  { item, entity, application, environment, hold }: JudgedItem,
  options: {
    user: string;
    /** Common to the items of the request. */
    batch: string;
    /** Somebody has to approve it. */
    isWaiting: boolean;
    /** The version that Git has. */
    from?: string;
    /** The branch that is changed. */
    base?: string;
    /** Between the versions. */
    commits?: VersionCommits;
  },
): StoredAction {
  const { repository, tag } = item;
  const { user, batch, isWaiting, from, base, commits } = options;
  const now = isoNow();
  const planned: PlannedChange = {
    project: application.project,
    expectedKey: versionChangeKeyOf(application),
    change: {
      batch,
      repository,
      ...(tag && { tag }),
      ...(base && { base }),
      via,
      hold,
      ...(commits && { commits }),
    },
  };
  return {
    record: {
      id: randomUUID(),
      action,
      state: isWaiting ? 'waiting' : 'requested',
      application: application.ref,
      environment,
      user,
      ...(reason && { reason }),
      requestedAt: now,
      changedAt: now,
      ...(tag && { version: { repository, tag, ...(from && { from }) } }),
    },
    entityRef: stringifyEntityRef(entity),
    request: planned,
    trace: {},
  };
}
