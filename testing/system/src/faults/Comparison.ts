import {
  formatMessage,
  type Promotion,
  type StageName,
  type StageTime,
  STAGES,
} from '@landfall/backstage-plugin-delivery-common';
import { isDeepStrictEqual } from 'node:util';
import { PartialObserver, type Known } from './PartialObserver';
import { isSameSecond, nameOf } from './describe';
import { isSeenHealthy, match, type Pair } from './match';

/**
 * Compares the promotions of one application and image repository.
 * `compareApplication` documents the rule.
 */
export class Comparison {
  private readonly pairs: Pair[];
  private readonly extra: Promotion[];
  private readonly observer: PartialObserver;
  private readonly found: string[] = [];

  constructor(
    expected: Promotion[],
    private readonly all: Promotion[],
    known: Known,
  ) {
    ({ pairs: this.pairs, extra: this.extra } = match(
      expected,
      all,
      known.application,
    ));
    this.observer = new PartialObserver(this.pairs, known);
  }

  differences(): string[] {
    for (const promotion of this.extra.filter(
      one => !this.observer.isReturn(one),
    )) {
      this.found.push(`doubled or invented: ${nameOf(promotion)}`);
    }
    for (const pair of this.pairs) {
      if (pair.disturbed) {
        this.comparePair(pair, pair.disturbed);
      } else if (!this.observer.mayLack(pair)) {
        this.found.push(`lost: ${nameOf(pair.reference)}`);
      }
    }
    const live = this.all.filter(({ outcome }) => outcome === 'live');
    if (live.length > 1) {
      this.found.push(`live at once: ${live.map(nameOf).join(', ')}`);
    }
    return this.found;
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
    const isEndOfOne = this.observer
      .runsOf(pair)
      .some(({ outcome }) => outcome === disturbed.outcome);
    if (!isEndOfOne && !this.observer.isExcusedEnd(pair, disturbed)) {
      differs('outcome', this.observer.endOf(pair).outcome, disturbed.outcome);
    }
    const { commit } = disturbed;
    if (commit?.exact) {
      differs('commit', reference.commit, commit);
    }
    if (disturbed.failure && disturbed.failure.at.basis === 'reported') {
      differs('failure', reference.failure?.at, disturbed.failure.at);
    }
  }

  private compareStage(
    stage: StageName,
    pair: Pair,
    disturbed: Promotion,
  ): void {
    const name = `${nameOf(pair.reference)}: ${stage}`;
    const found = disturbed.stages[stage];
    const expected =
      stage === 'healthy'
        ? this.expectedHealth(pair, found)
        : pair.reference.stages[stage];
    if (!expected) {
      if (found) {
        this.found.push(`${name} is invented: ${found.at}`);
      }
    } else if (!found) {
      if (!this.observer.mayLackStage(stage, pair)) {
        this.found.push(`${name} is lost: ${expected.at}`);
      }
    } else if (found.basis === 'reported' && expected.basis === 'reported') {
      // A revision that merely contains the change is later than the change.
      const isContained =
        stage === 'committed' &&
        disturbed.commit?.exact === false &&
        !this.observer.isCommitRecoverable(pair) &&
        found.at >= expected.at;
      const isSame =
        found.at === expected.at ||
        // Whole seconds suffice for the push. For other stages they suffice only
        // if the exact push is unknown, because no stage is before the push.
        ((stage === 'pushed' || !isPushExact(pair.reference, disturbed)) &&
          isSameSecond(found.at, expected.at));
      if (!isSame && !isContained) {
        this.found.push(`${name} is ${found.at}, not ${expected.at}`);
      }
    } else if (found.basis === 'observed' && expected.basis === 'reported') {
      if (found.at < expected.at) {
        this.found.push(`${name} was observed before it was: ${found.at}`);
      }
      if (!this.observer.mayBeObserved(stage, pair)) {
        this.found.push(
          `${name} is reported, but could only have been observed`,
        );
      }
    }
  }

  /**
   * If a version continues in another rollout, its health may be that of
   * either.
   */
  private expectedHealth(
    pair: Pair,
    found: StageTime | undefined,
  ): StageTime | undefined {
    const times = this.observer
      .runsOf(pair)
      .flatMap(({ stages }) => stages.healthy ?? []);
    return times.find(({ at }) => at === found?.at) ?? times[0];
  }

  private compareOrder(disturbed: Promotion): void {
    const times = STAGES.flatMap(stage => disturbed.stages[stage]?.at ?? []);
    if (times.some((at, index) => index > 0 && at < times[index - 1])) {
      this.found.push(`${nameOf(disturbed)}: its times go backwards`);
    }
  }

  /**
   * Compares what ran before and what came after. If the disturbed portal
   * doesn't know that the versions in between got healthy, it may mean any of
   * them. If it doesn't know that the previous version was synced at all,
   * because a later commit of something else synced it, it doesn't report what
   * ran before.
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
    const isUnrecoverable = previous === undefined && isFormerUnknown;
    if (
      !isUnrecoverable &&
      !before.some(version => version?.tag === previous?.tag)
    ) {
      this.found.push(
        `${nameOf(reference)}: what ran before is ${previous?.tag}, not ${
          reference.previous?.tag
        }`,
      );
    }
    const next = synced.at(index + 1);
    if (
      (next &&
        (!isSeenHealthy(next) || this.observer.runsOf(next).length > 1)) ||
      this.observer.endOf(pair) !== reference ||
      reference.outcome !== disturbed.outcome
    ) {
      return;
    }
    const [expected, found] = [reference.outcomeAt, disturbed.outcomeAt];
    // A promotion that was live ends when the next one is healthy; others end
    // when the next one is synced.
    const isKnownLive =
      isSeenHealthy(pair) || reference.stages.healthy === undefined;
    const isTimeTold =
      isKnownLive &&
      [expected, found].every(time => time?.basis === 'reported');
    if (
      (isTimeTold && expected?.at !== found?.at) ||
      !isSameReason(reference, disturbed)
    ) {
      this.found.push(
        `${nameOf(reference)}: ended at ${found?.at} (${reasonOf(
          disturbed,
        )}), not ${expected?.at} (${reasonOf(reference)})`,
      );
    }
  }
}

/** Whether the disturbed portal knows the push by more than its second. */
function isPushExact(reference: Promotion, disturbed: Promotion): boolean {
  const { pushed } = disturbed.stages;
  return pushed !== undefined && pushed.at === reference.stages.pushed?.at;
}

/**
 * The reason mentions a failure before the end, so only portals that know the
 * same of the failure give the same reason. The superseding version is the same
 * for all.
 */
function isSameReason(reference: Promotion, disturbed: Promotion): boolean {
  const ofFailure = ({ failure }: Promotion) =>
    failure && { ...failure.reason };
  return isDeepStrictEqual(ofFailure(reference), ofFailure(disturbed))
    ? isDeepStrictEqual(reference.reason, disturbed.reason)
    : isDeepStrictEqual(versionIn(reference), versionIn(disturbed));
}

/** The version that the reason names. */
function versionIn({ reason }: Promotion): unknown {
  return reason && 'version' in reason.parameters
    ? reason.parameters.version
    : undefined;
}

function reasonOf({ reason }: Promotion): string {
  return reason ? formatMessage(reason) : 'no reason';
}
