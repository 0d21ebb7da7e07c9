import semver from 'semver';
import { sameReference } from '../../images';
import type { ImageVersion, Promotion } from '../../model/promotion';
import type { Draft } from '../PromotionDraft';
import { countOf } from '../identity';
import { replacedBy, rolledBackTo } from '../reasons';
import { orderStages } from '../times';
import type { Run } from '../types';

/**
 * Ends a promotion because another version took its place.
 *
 * @internal
 */
export function endBy(
  draft: Draft,
  id: string,
  by: Promotion | undefined,
  run: Run | undefined,
  at: Promotion['outcomeAt'],
): void {
  const promotion = draft.promotion(id);
  if (!promotion || !by || !at) {
    return;
  }
  draft.write(
    orderStages({
      ...promotion,
      ...endOf(draft, promotion, by, run),
      outcomeAt: at,
    }),
  );
}

/**
 * How a promotion ends when another version takes its place: as rolled back if
 * that is an earlier deployment, the version that never stopped being live, or a
 * lower version that ran before; else as superseded. A rollback to what came after
 * the promotion rolls back what came after that, too: it was superseded before,
 * though nobody saw it.
 *
 * @internal
 */
export function endOf(
  draft: Draft,
  promotion: Promotion,
  by: Promotion,
  run: Run | undefined,
): Pick<Promotion, 'outcome' | 'reason'> {
  const version = run?.version ?? draft.written(by);
  const memory = draft.repository(by.repository);
  const returned =
    run !== undefined &&
    (memory.live?.id === run.promotionId ||
      (countOf(memory, run.version) > 1 &&
        isLower(run.version, promotion.version)));
  if ((run?.rollback && !cameAfter(draft, promotion, run)) || returned) {
    return {
      outcome: 'rolled-back',
      reason: rolledBackTo(version, run?.rollback ? run.by : undefined),
    };
  }
  return { outcome: 'superseded', reason: replacedBy(version) };
}

/**
 * Whether the version of a run ran before it already, later than a promotion: as
 * another run, or as an entry of the history that nobody saw.
 */
function cameAfter(draft: Draft, promotion: Promotion, run: Run): boolean {
  const runs = draft.runsOf(run.repository);
  const own = runs.findIndex(other => other.promotionId === promotion.id);
  const earlier = runs.slice(own + 1, runs.lastIndexOf(run));
  const isSame = (other: { version: ImageVersion }, id: string) =>
    id !== promotion.id &&
    id !== run.promotionId &&
    sameReference(other.version, run.version);
  return (
    (own >= 0 && earlier.some(other => isSame(other, other.promotionId))) ||
    draft
      .promotionsOf(run.repository)
      .some(
        other =>
          isSame({ version: draft.written(other) }, other.id) &&
          entryOf(other) > entryOf(promotion) &&
          entryOf(other) < entryOf(draft.promotion(run.promotionId)),
      )
  );
}

/** Not a number, which is neither more nor less than any, where there is none. */
function entryOf(promotion: Promotion | undefined): number {
  return promotion?.sync?.historyId ?? NaN;
}

function isLower(a: ImageVersion, b: ImageVersion): boolean {
  const version = a.tag ? semver.parse(a.tag, { loose: true }) : null;
  const than = b.tag ? semver.parse(b.tag, { loose: true }) : null;
  return version !== null && than !== null && version.compare(than) < 0;
}
