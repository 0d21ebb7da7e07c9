import type { ImageVersion } from '../model/promotion';
import type { DeployedChange } from './types';

/**
 * Whether a version was deployed before, and what followed it: what one promotion
 * alone doesn't show.
 *
 * @internal
 */
export class ChangeHistory {
  private readonly byImage = new Map<string, DeployedChange[]>();

  constructor(changes: readonly DeployedChange[]) {
    for (const change of changes) {
      const key = imageKey(change);
      this.byImage.set(key, [...(this.byImage.get(key) ?? []), change]);
    }
  }

  /** A rollback, or another return to a version that had been deployed before. */
  isRepeated(change: DeployedChange): boolean {
    return (
      change.isRollback ||
      this.ofSameImage(change).some(
        other =>
          other.deployedAt < change.deployedAt &&
          // A version that only failed wasn't deployed yet.
          (other.healthyAt !== undefined || !other.isFailed) &&
          isSameVersion(other.version, change.version),
      )
    );
  }

  /**
   * When the failure of a version ended: by itself, or with the next version that
   * became Healthy. Undefined if it didn't.
   */
  restoredAt(change: DeployedChange): number | undefined {
    if (change.failedAt === undefined) {
      return undefined;
    }
    if (change.restoredAt !== undefined) {
      return change.restoredAt;
    }
    const [next] = this.ofSameImage(change)
      .flatMap(({ deployedAt, healthyAt }) =>
        healthyAt !== undefined && deployedAt > change.deployedAt
          ? [{ deployedAt, healthyAt }]
          : [],
      )
      .sort((a, b) => a.deployedAt - b.deployedAt || a.healthyAt - b.healthyAt);
    return next?.healthyAt;
  }

  private ofSameImage(change: DeployedChange): DeployedChange[] {
    return this.byImage.get(imageKey(change)) ?? [];
  }
}

function imageKey({ application, repository }: DeployedChange): string {
  return JSON.stringify([application, repository]);
}

/** A tag that moved to another digest is another version. */
function isSameVersion(a: ImageVersion, b: ImageVersion): boolean {
  return (
    (a.tag ?? a.digest) === (b.tag ?? b.digest) &&
    (a.digest === undefined || b.digest === undefined || a.digest === b.digest)
  );
}
