import type {
  Application,
  Promotion,
  StageName,
  StageTime,
} from '@landfall/backstage-plugin-delivery-common';
import { isSameDeployment, isSeenHealthy, type Pair } from './match';

/** What a portal knows of one application. */
export interface Known {
  gone: boolean;
  /** As it was last seen. */
  application?: Application;
  /** Revisions that nobody told anything of: of what is gone, Argo CD tells no more. */
  unanswered?: string[];
  promotions: Promotion[];
}

/**
 * What a portal may be excused of that didn't see all of what happened to one
 * application and image repository; the rule stands at `compareApplication`.
 */
export class Blindness {
  constructor(private readonly pairs: Pair[], private readonly known: Known) {}

  /**
   * Of an application that is gone now: after the last sight of it, in the middle
   * of a sync, or of a revision that could not be asked for any more.
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
   * A version that was put back, in a sync that the history tells: for who saw that
   * what came between never got healthy, the version only went on.
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
      (!pair.told && pair.reference.rollback === true)
    );
  }

  /**
   * The earlier run of the same version that goes on in this one for the disturbed
   * portal: it didn't see that it ended before, nor that another got healthy.
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

  /** A promotion and the later runs that go on with it for the disturbed portal. */
  runsOf(pair: Pair): [Promotion, ...Promotion[]] {
    const later = this.after(pair).filter(
      other => !other.disturbed && this.continues(other) === pair,
    );
    return [pair.reference, ...later.map(({ reference }) => reference)];
  }

  /** What a promotion came to: that of the run that goes on with it, if there is one. */
  endOf(pair: Pair): Promotion {
    return this.runsOf(pair).at(-1) ?? pair.reference;
  }

  /**
   * Another outcome, since it wasn't seen that this version or the next one got
   * healthy. It must still agree with what was seen of the versions after it.
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
        // What is put back and goes on is no promotion of its own.
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
          !pair.told && !disturbed.stages.committed && !later.some(isSeenSynced)
        );
      default:
        return false;
    }
  }

  /** The last sight of an application that is gone was of its rollout. */
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

  /** The disturbed portal knows of a later sync. */
  private isFollowed(pair: Pair): boolean {
    return this.after(pair).some(
      later => isSeenSynced(later) || this.continues(later) !== undefined,
    );
  }

  private after(pair: Pair): Pair[] {
    return this.pairs.slice(this.pairs.indexOf(pair) + 1);
  }

  mayLackStage(stage: StageName, pair: Pair): boolean {
    const { told } = pair;
    if (this.isUnseen(pair)) {
      return true;
    }
    switch (stage) {
      case 'pushed':
        return this.known.gone;
      case 'committed':
        return !this.isCommitTold(pair);
      case 'synced':
        return !told;
      case 'healthy':
        return this.isLostOnTheWay(pair) || this.isFollowed(pair);
      default:
        return false;
    }
  }

  mayBeObserved(stage: StageName, pair: Pair): boolean {
    switch (stage) {
      case 'committed':
        return !this.isCommitTold(pair);
      case 'healthy':
        return this.isPutBack(pair);
      default:
        return false;
    }
  }

  /** The history has the same deployment twice: the health may be that of either. */
  private isPutBack({ reference: { sync } }: Pair): boolean {
    const { history = [] } = this.known.application ?? {};
    const own = history.find(({ id }) => id === sync?.historyId);
    return history.some(
      entry =>
        own !== undefined && entry.id > own.id && isSameDeployment(entry, own),
    );
  }

  /** The commit is still to be found: in the history, or as the head. */
  isCommitTold({ reference }: Pair): boolean {
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

/** It was healthy, and the disturbed portal doesn't know. */
function isHealthUnseen(pair: Pair): boolean {
  return pair.reference.stages.healthy !== undefined && !isSeenHealthy(pair);
}
