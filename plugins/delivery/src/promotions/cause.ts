import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import { authorName, isImageUpdater } from '../components/author';

/**
 * Who or what caused a promotion.
 *
 * @internal
 */
export interface Cause {
  /** Absent if the commit that made the change is unknown. */
  author?: { name: string } | 'imageUpdater';
  rollback: boolean;
  undoesRollback: boolean;
  sync?: { username: string } | 'automated';
}

/** @internal */
export function causeOf(promotion: Promotion): Cause {
  const { commit, sync, rollback = false, undoesRollback = false } = promotion;
  const name =
    commit?.exact && commit.author ? authorName(commit.author) : undefined;
  const initiator = sync?.initiatedBy;
  return {
    rollback,
    undoesRollback,
    ...(name && { author: isImageUpdater(name) ? 'imageUpdater' : { name } }),
    ...(initiator?.username && !initiator.automated
      ? { sync: { username: initiator.username } }
      : initiator?.automated && { sync: 'automated' as const }),
  };
}
