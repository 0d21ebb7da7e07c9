import type {
  Application,
  ApplicationHistoryEntry,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * A promotion of the undisturbed portal, and the disturbed portal's
 * counterpart.
 */
export interface Pair {
  reference: Promotion;
  disturbed?: Promotion;
  /**
   * Whether the sync can be known afterwards, from the history that the
   * disturbed portal has seen.
   */
  recoverable: boolean;
}

/**
 * Matches each promotion of one application and repository to the disturbed
 * portal's counterpart: by its entry in the history, or else by version,
 * earliest first. Unmatched promotions are `extra`.
 *
 * @param seen - the application as the disturbed portal last saw it
 */
export function match(
  reference: Promotion[],
  disturbed: Promotion[],
  seen: Application | undefined,
): { pairs: Pair[]; extra: Promotion[] } {
  const left = new Set(disturbed);
  const take = (fits: (candidate: Promotion) => boolean) => {
    const found = [...left].find(fits);
    if (found) {
      left.delete(found);
    }
    return found;
  };
  const bySync = new Map(
    reference.map(promotion => [
      promotion,
      take(
        candidate =>
          promotion.sync?.historyId !== undefined &&
          candidate.sync?.historyId === promotion.sync.historyId &&
          isSameVersion(candidate, promotion),
      ),
    ]),
  );
  const found = reference.map(promotion => ({
    reference: promotion,
    disturbed:
      bySync.get(promotion) ??
      take(
        candidate =>
          isSameVersion(candidate, promotion) &&
          candidate.sync?.historyId === undefined,
      ),
  }));
  const history = seen?.history ?? [];
  const pairs: Pair[] = [];
  for (const pair of found) {
    pairs.push({ ...pair, recoverable: isRecoverable(pair, history, pairs) });
  }
  return { pairs, extra: [...left] };
}

function isSameVersion(a: Promotion, b: Promotion): boolean {
  return a.version.tag === b.version.tag;
}

/**
 * An entry of the history reveals its version in one of three ways: by its
 * parameters, by being of that version's own commit, or by being of the same
 * deployment as another entry whose version is known.
 */
function isRecoverable(
  { reference }: Omit<Pair, 'recoverable'>,
  history: ApplicationHistoryEntry[],
  earlier: Pair[],
): boolean {
  const { commit, sync, version } = reference;
  const entry = history.find(({ id }) => id === sync?.historyId);
  if (!entry) {
    return false;
  }
  const isInParameters = entry.sources.some(({ helmParameters = [] }) =>
    helmParameters.some(({ value }) => value === version.tag),
  );
  const isOwnCommit =
    commit?.exact === true && entry.revisions.includes(commit.revision);
  return (
    isInParameters ||
    isOwnCommit ||
    earlier.some(({ disturbed, recoverable, reference: other }) => {
      const former = history.find(({ id }) => id === other.sync?.historyId);
      return (
        former !== undefined &&
        (recoverable || disturbed?.stages.synced !== undefined) &&
        isSameVersion(other, reference) &&
        isSameDeployment(former, entry)
      );
    })
  );
}

/** Whether two entries of the history have the same revisions and sources. */
export function isSameDeployment(
  a: ApplicationHistoryEntry,
  b: ApplicationHistoryEntry,
): boolean {
  return (
    JSON.stringify([a.revisions, a.sources]) ===
    JSON.stringify([b.revisions, b.sources])
  );
}

/** Whether the disturbed portal knows that the version got healthy. */
export function isSeenHealthy({ disturbed }: Pair): boolean {
  return disturbed?.stages.healthy !== undefined;
}
