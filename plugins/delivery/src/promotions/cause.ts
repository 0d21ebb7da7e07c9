import type { Promotion } from '@landfall/backstage-plugin-delivery-common';

/** The Image Updater's default author name. */
const IMAGE_UPDATER = 'argocd-image-updater';

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
    ...(name && { author: name === IMAGE_UPDATER ? 'imageUpdater' : { name } }),
    ...(initiator?.username && !initiator.automated
      ? { sync: { username: initiator.username } }
      : initiator?.automated && { sync: 'automated' as const }),
  };
}

/**
 * The name in a Git author: `Ada <ada@example.com>` is `Ada`. Other texts are
 * only trimmed.
 *
 * @internal
 */
export function authorName(author: string): string {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(author) ?? [];
  return name || address || author.trim();
}
