import {
  type Application,
  type Promotion,
  type StageName,
  type StageTime,
  STAGES,
} from '@landfall/backstage-plugin-delivery-common';
import { isSameSecond, nameOf } from './describe';
import { isSeenHealthy, match, type Pair } from './match';

/** What a portal knows of one application. */
export interface Known {
  gone: boolean;
  /** As it was last seen. */
  application?: Application;
  /** Revisions that nobody told anything of: of what is gone, Argo CD tells no more. */
  unanswered?: string[];
  promotions: Promotion[];
}

/** The promotions of one application and image repository; the rule stands at `compareApplication`. */
export class Comparison {
  private readonly pairs: Pair[];
  private readonly extra: Promotion[];
  private readonly found: string[] = [];

  constructor(
    expected: Promotion[],
    private readonly all: Promotion[],
    private readonly known: Known,
  ) {
    ({ pairs: this.pairs, extra: this.extra } = match(
      expected,
      all,
      known.application,
    ));
  }

  differences(): string[] {
    for (const promotion of this.extra.filter(one => !this.isReturn(one))) {
      this.found.push(`doubled or invented: ${nameOf(promotion)}`);
    }
    for (const pair of this.pairs) {
      if (pair.disturbed) {
        this.comparePair(pair, pair.disturbed);
      } else if (!this.mayLack(pair)) {
        this.found.push(`lost: ${nameOf(pair.reference)}`);
      }
    }
    const live = this.all.filter(({ outcome }) => outcome === 'live');
    if (live.length > 1) {
      this.found.push(`live at once: ${live.map(nameOf).join(', ')}`);
    }
    return this.found;
  }

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
  private isReturn({ rollback, sync, version }: Promotion): boolean {
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

  private mayLack(pair: Pair): boolean {
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
  private runsOf(pair: Pair): [Promotion, ...Promotion[]] {
    const later = this.after(pair).filter(
      other => !other.disturbed && this.continues(other) === pair,
    );
    return [pair.reference, ...later.map(({ reference }) => reference)];
  }

  /** What a promotion came to: that of the run that goes on with it, if there is one. */
  private endOf(pair: Pair): Promotion {
    return this.runsOf(pair).at(-1) ?? pair.reference;
  }

  private comparePair(pair: Pair, disturbed: Promotion): void {
    const { reference } = pair;
    const differs = (what: string, expected: unknown, found: unknown) => {
      if (JSON.stringify(expected) !== JSON.stringify(found)) {
        this.found.push(
          `${nameOf(reference)}: ${what} is ${JSON.stringify(
            found,
          )}, not ${JSON.stringify(expected)}`,
        );
      }
    };
    const isSynced = disturbed.stages.synced !== undefined;
    if (reference.version.digest && disturbed.version.digest) {
      differs('digest', reference.version.digest, disturbed.version.digest);
    }
    for (const stage of STAGES) {
      this.compareStage(stage, pair, disturbed);
    }
    this.compareOrder(disturbed);
    if (isSynced) {
      differs('rollback', reference.rollback, disturbed.rollback);
      differs('sync', reference.sync, disturbed.sync);
      this.compareNeighbours(pair, disturbed);
    }
    const isEndOfOne = this.runsOf(pair).some(
      ({ outcome }) => outcome === disturbed.outcome,
    );
    if (!isEndOfOne && !this.isExcusedEnd(pair, disturbed)) {
      differs('outcome', this.endOf(pair).outcome, disturbed.outcome);
    }
    const { commit } = disturbed;
    if (commit?.exact) {
      differs('commit', reference.commit, commit);
    }
    if (disturbed.failure && disturbed.failure.at.basis === 'reported') {
      differs('failure', reference.failure?.at, disturbed.failure.at);
    }
  }

  /**
   * Another outcome, since it wasn't seen that this version or the next one got
   * healthy. It must still agree with what was seen of the versions after it.
   */
  private isExcusedEnd(pair: Pair, disturbed: Promotion): boolean {
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

  private compareStage(
    stage: StageName,
    pair: Pair,
    disturbed: Promotion,
  ): void {
    const name = `${nameOf(pair.reference)}: ${stage}`;
    const found = disturbed.stages[stage];
    const told = this.runsOf(pair).flatMap(run => run.stages[stage] ?? []);
    const expected =
      (stage === 'healthy' && told.find(({ at }) => at === found?.at)) ||
      pair.reference.stages[stage];
    if (!expected) {
      if (found) {
        this.found.push(`${name} is invented: ${found.at}`);
      }
    } else if (!found) {
      if (!this.mayLackStage(stage, pair)) {
        this.found.push(`${name} is lost: ${expected.at}`);
      }
    } else if (found.basis === 'reported' && expected.basis === 'reported') {
      // A revision that only contains the change is later than the change.
      const isContained =
        stage === 'committed' &&
        disturbed.commit?.exact === false &&
        !this.isCommitTold(pair) &&
        found.at >= expected.at;
      const isSame =
        found.at === expected.at ||
        (stage === 'pushed' && isSameSecond(found.at, expected.at));
      if (!isSame && !isContained) {
        this.found.push(`${name} is ${found.at}, not ${expected.at}`);
      }
    } else if (found.basis === 'observed' && expected.basis === 'reported') {
      if (found.at < expected.at) {
        this.found.push(`${name} was observed before it was: ${found.at}`);
      }
      if (!this.mayBeObserved(stage, pair)) {
        this.found.push(`${name} was reported, but only observed is told`);
      }
    }
  }

  private mayLackStage(stage: StageName, pair: Pair): boolean {
    const { reference, told } = pair;
    if (this.isUnseen(pair)) {
      return true;
    }
    switch (stage) {
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

  private mayBeObserved(stage: StageName, pair: Pair): boolean {
    return stage === 'committed' && !this.isCommitTold(pair);
  }

  /** The commit is still to be found: in the history, or as the head. */
  private isCommitTold({ reference }: Pair): boolean {
    const { application } = this.known;
    const { commit } = reference;
    return (
      commit?.exact === true &&
      (application?.history ?? []).some(({ revisions }) =>
        revisions.includes(commit.revision),
      )
    );
  }

  private compareOrder(disturbed: Promotion): void {
    const times = STAGES.flatMap(stage => disturbed.stages[stage]?.at ?? []);
    if (times.some((at, index) => index > 0 && at < times[index - 1])) {
      this.found.push(`${nameOf(disturbed)}: its times go backwards`);
    }
  }

  /**
   * What ran before, and what came after. Where the disturbed portal doesn't know
   * of the versions between that they got healthy, any of them may be meant; and
   * where it doesn't know that the one before was synced at all, since it was by a
   * later commit of something else, it says nothing of what ran before.
   */
  private compareNeighbours(pair: Pair, disturbed: Promotion): void {
    const { reference } = pair;
    const synced = this.pairs.filter(
      other => other.reference.stages.synced !== undefined,
    );
    const index = synced.indexOf(pair);
    const lastHealthy = synced.findLastIndex(
      (other, at) => at < index && isSeenHealthy(other),
    );
    const before = [
      reference.previous,
      ...synced
        .slice(Math.max(lastHealthy, 0), index)
        .map(other => other.reference.version),
    ];
    const { previous } = disturbed;
    const isFormerUnknown =
      index > 0 && !synced[index - 1].disturbed?.stages.synced;
    const isUntold = previous === undefined && isFormerUnknown;
    if (!isUntold && !before.some(version => version?.tag === previous?.tag)) {
      this.found.push(
        `${nameOf(reference)}: what ran before is ${previous?.tag}, not ${
          reference.previous?.tag
        }`,
      );
    }
    const next = synced.at(index + 1);
    if (
      (next && (!isSeenHealthy(next) || this.runsOf(next).length > 1)) ||
      this.endOf(pair) !== reference ||
      reference.outcome !== disturbed.outcome
    ) {
      return;
    }
    const [expected, found] = [reference.outcomeAt, disturbed.outcomeAt];
    // One that was live ends when the next is healthy, another when it is synced.
    const isKnownLive =
      isSeenHealthy(pair) || reference.stages.healthy === undefined;
    const isTimeTold =
      isKnownLive &&
      [expected, found].every(time => time?.basis === 'reported');
    if (
      (isTimeTold && expected?.at !== found?.at) ||
      reference.reason !== disturbed.reason
    ) {
      this.found.push(
        `${nameOf(reference)}: ended at ${found?.at} (${
          disturbed.reason
        }), not ${expected?.at} (${reference.reason})`,
      );
    }
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
