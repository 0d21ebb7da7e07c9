import type {
  Application,
  Promotion,
  StageName,
  StageTime,
} from '@landfall/backstage-plugin-delivery-common';
import { isSameDeployment, isSeenHealthy, type Pair } from './match';

/** What a portal knows about one application. */
export interface Known {
  gone: boolean;
  /** The last observed state. */
  application?: Application;
  /**
   * Revisions without an answer. Argo CD reports none for applications that are
   * gone.
   */
  unanswered?: string[];
  promotions: Promotion[];
}

/**
 * What a portal may be excused for if it missed part of what happened to one
 * application and image repository. `compareApplication` documents the rule.
 */
export class PartialObserver {
  constructor(private readonly pairs: Pair[], private readonly known: Known) {}

  /**
   * For an application that is gone now: the promotion happened after the
   * portal last saw the application or in the middle of a sync, or belongs to a
   * revision that could no longer be requested.
   */
  private isUnseen({ reference }: Pair): boolean {
    const { gone, application, unanswered = [] } = this.known;
    const id = reference.sync?.historyId;
    const entry = application?.history.find(
      other => id !== undefined && other.id === id,
    );
    const isUnderWay =
      entry !== undefined &&
      entry === application?.history.at(-1) &&
      application.operation?.finishedAt === undefined;
    return (
      gone &&
      (!entry ||
        isUnderWay ||
        entry.revisions.some(one => unanswered.includes(one)))
    );
  }

  /**
   * A version that was put back by a sync in the history. If a portal saw that
   * the versions in between never got healthy, the version simply continued.
   */
  isReturn({ rollback, sync, version }: Promotion): boolean {
    return (
      rollback === true &&
      this.known.application?.history.some(
        ({ id, deployedAt }) =>
          id === sync?.historyId && deployedAt === sync.finishedAt,
      ) === true &&
      this.pairs.some(
        ({ reference }) =>
          reference.version.tag === version.tag &&
          reference.stages.healthy !== undefined &&
          reference.stages.healthy.at < (sync?.finishedAt ?? '') &&
          (reference.outcome === 'live' ||
            (reference.outcomeAt?.at ?? '') >= (sync?.finishedAt ?? '')),
      )
    );
  }

  mayLack(pair: Pair): boolean {
    return (
      this.isUnseen(pair) ||
      this.continues(pair) !== undefined ||
      (!pair.recoverable && pair.reference.rollback === true)
    );
  }

  /**
   * The earlier rollout of the same version that, for the disturbed portal,
   * continues in this one: it saw neither that rollout end nor another version
   * get healthy.
   */
  private continues(pair: Pair): Pair | undefined {
    const { version, sync } = pair.reference;
    const syncedAt = sync?.finishedAt ?? '';
    const earlier = this.pairs.slice(0, this.pairs.indexOf(pair));
    const isBefore = (time: StageTime | undefined) =>
      time !== undefined && Date.parse(time.at) < Date.parse(syncedAt);
    return earlier.findLast(
      ({ reference, disturbed }, index) =>
        reference.version.tag === version.tag &&
        disturbed?.stages.synced !== undefined &&
        (disturbed.outcome === 'live' || !isBefore(disturbed.outcomeAt)) &&
        !earlier
          .slice(index + 1)
          .some(other => isBefore(other.disturbed?.stages.healthy)),
    );
  }

  /**
   * A promotion and the later rollouts that continue it for the disturbed
   * portal.
   */
  runsOf(pair: Pair): [Promotion, ...Promotion[]] {
    const later = this.after(pair).filter(
      other => !other.disturbed && this.continues(other) === pair,
    );
    return [pair.reference, ...later.map(({ reference }) => reference)];
  }

  /**
   * How a promotion ended: as the last rollout that continues it, if there is
   * one.
   */
  endOf(pair: Pair): Promotion {
    return this.runsOf(pair).at(-1) ?? pair.reference;
  }

  /**
   * A different outcome is excused if the portal didn't see that this version
   * or the next one got healthy. The outcome must still agree with what it saw
   * of the later versions.
   */
  isExcusedEnd(pair: Pair, disturbed: Promotion): boolean {
    const later = this.after(pair);
    const nextSynced = later.find(({ reference }) => reference.stages.synced);
    const nextHealthy = later.find(({ reference }) => reference.stages.healthy);
    const isUnseen =
      [pair, nextSynced].some(one => one && isSyncUnseen(one)) ||
      [pair, nextHealthy].some(one => one && isHealthUnseen(one)) ||
      (nextSynced !== undefined && !isSeenHealthy(nextSynced));
    switch (disturbed.outcome) {
      case 'abandoned':
        // A version that is put back and continues is no promotion of its own.
        return (
          this.known.gone &&
          (isUnseen || !nextSynced) &&
          !later.some(isSeenHealthy)
        );
      case 'live':
        return isUnseen && isSeenHealthy(pair) && !later.some(isSeenHealthy);
      case 'superseded':
      case 'rolled-back':
        return isUnseen && this.isFollowed(pair);
      case undefined:
        return (
          !pair.recoverable &&
          !disturbed.stages.committed &&
          !later.some(isSeenSynced)
        );
      default:
        return false;
    }
  }

  /**
   * The portal last saw the application during this rollout; then it was
   * deleted.
   */
  private isLostOnTheWay({
    reference: { repository, version },
  }: Pair): boolean {
    const { gone, application } = this.known;
    const { health, images = [] } = application ?? {};
    return (
      gone &&
      (health?.status !== 'Healthy' ||
        images.some(
          image =>
            image.startsWith(`${repository}:`) &&
            image !== `${repository}:${version.tag}`,
        ))
    );
  }

  /** The disturbed portal knows about a later sync. */
  private isFollowed(pair: Pair): boolean {
    return this.after(pair).some(
      later => isSeenSynced(later) || this.continues(later) !== undefined,
    );
  }

  private after(pair: Pair): Pair[] {
    return this.pairs.slice(this.pairs.indexOf(pair) + 1);
  }

  mayLackStage(stage: StageName, pair: Pair): boolean {
    const { recoverable } = pair;
    if (this.isUnseen(pair)) {
      return true;
    }
    switch (stage) {
      case 'pushed':
        return this.known.gone;
      case 'committed':
        return !this.isCommitRecoverable(pair);
      case 'synced':
        return !recoverable;
      case 'healthy':
        return this.isLostOnTheWay(pair) || this.isFollowed(pair);
      default:
        return false;
    }
  }

  mayBeObserved(stage: StageName, pair: Pair): boolean {
    switch (stage) {
      case 'committed':
        return !this.isCommitRecoverable(pair);
      case 'healthy':
        return this.isPutBack(pair);
      default:
        return false;
    }
  }

  /**
   * The history has the same deployment twice, so the health may belong to
   * either.
   */
  private isPutBack({ reference: { sync } }: Pair): boolean {
    const { history = [] } = this.known.application ?? {};
    const own = history.find(({ id }) => id === sync?.historyId);
    return history.some(
      entry =>
        own !== undefined && entry.id > own.id && isSameDeployment(entry, own),
    );
  }

  /**
   * The exact commit can still be found, because a revision of the history has
   * it.
   */
  isCommitRecoverable({ reference }: Pair): boolean {
    const { application, unanswered = [] } = this.known;
    const { commit } = reference;
    return (
      commit?.exact === true &&
      !unanswered.includes(commit.revision) &&
      (application?.history ?? []).some(({ revisions }) =>
        revisions.includes(commit.revision),
      )
    );
  }
}

function isSeenSynced({ disturbed }: Pair): boolean {
  return disturbed?.stages.synced !== undefined;
}

function isSyncUnseen(pair: Pair): boolean {
  return pair.reference.stages.synced !== undefined && !isSeenSynced(pair);
}

/** It was healthy, and the disturbed portal doesn't know it. */
function isHealthUnseen(pair: Pair): boolean {
  return pair.reference.stages.healthy !== undefined && !isSeenHealthy(pair);
}
