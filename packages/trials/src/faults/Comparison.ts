import {
  type Application,
  type Promotion,
  type StageName,
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
    for (const promotion of this.extra) {
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
   * Of an application that is gone now: after the last sight of it, or of a
   * revision that could not be asked for any more.
   */
  private isUnseen({ reference }: Pair): boolean {
    const { gone, application, unanswered = [] } = this.known;
    const id = reference.sync?.historyId;
    const entry = application?.history.find(
      other => id !== undefined && other.id === id,
    );
    return (
      gone && (!entry || entry.revisions.some(one => unanswered.includes(one)))
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
   * The earlier run of the same version, if the disturbed portal has seen nothing
   * healthy between the two.
   */
  private continues(pair: Pair): Pair | undefined {
    const index = this.pairs.indexOf(pair);
    const lastHealthy = this.pairs.findLastIndex(
      (other, at) =>
        at < index &&
        isSeenHealthy(other) &&
        other.reference.version.tag !== pair.reference.version.tag,
    );
    const candidates = this.pairs
      .slice(lastHealthy + 1, index)
      .filter(
        other =>
          other.disturbed &&
          other.reference.version.tag === pair.reference.version.tag,
      );
    return (
      candidates.find(({ disturbed }) => disturbed?.outcome === 'live') ??
      candidates.at(-1)
    );
  }

  /** What a promotion came to: that of the run that goes on with it, if there is one. */
  private endOf(pair: Pair): Promotion {
    const later = this.pairs.find(
      other => !other.disturbed && this.continues(other) === pair,
    );
    return later ? this.endOf({ ...later }) : pair.reference;
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
    const isUnseen = this.isUnseen(pair);
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
    const end = this.endOf(pair);
    if (isSynced === (reference.stages.synced !== undefined) && !isUnseen) {
      if (!this.isLastSeen(pair)) {
        differs('outcome', end.outcome, disturbed.outcome);
      }
    } else if (
      disturbed.outcome === undefined ||
      disturbed.outcome === 'live' ||
      disturbed.outcome === 'failed'
    ) {
      differs('outcome', end.outcome, disturbed.outcome);
    }
    const { commit } = disturbed;
    if (commit?.exact) {
      differs('commit', reference.commit, commit);
    }
    if (disturbed.failure && disturbed.failure.at.basis === 'reported') {
      differs('failure', reference.failure?.at, disturbed.failure.at);
    }
  }

  /** The last of an application that is gone, if what followed wasn't seen. */
  private isLastSeen(pair: Pair): boolean {
    const next = this.pairs[this.pairs.indexOf(pair) + 1];
    return (
      this.known.gone &&
      pair.disturbed?.outcome === 'abandoned' &&
      next !== undefined &&
      this.isUnseen(next)
    );
  }

  private compareStage(
    stage: StageName,
    pair: Pair,
    disturbed: Promotion,
  ): void {
    const name = `${nameOf(pair.reference)}: ${stage}`;
    const expected = pair.reference.stages[stage];
    const found = disturbed.stages[stage];
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
        return this.endOf(pair) === reference && reference.outcome !== 'live';
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
      (next && !isSeenHealthy(next)) ||
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
