import type {
  Application,
  ApplicationHistoryEntry,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';

/** A promotion of the undisturbed portal, and what the disturbed one has of it. */
export interface Pair {
  reference: Promotion;
  disturbed?: Promotion;
  /** Whether who looks afterwards is told of its sync: by the history that the disturbed portal has seen. */
  told: boolean;
}

/**
 * Finds for each promotion of one application and repository the disturbed
 * portal's own of it: by the entry of the history that it is of, else by its
 * version, the earliest first. What is left is `extra`.
 *
 * @param seen - the application, as the disturbed portal saw it last
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
    pairs.push({ ...pair, told: isTold(pair, history, pairs) });
  }
  return { pairs, extra: [...left] };
}

function isSameVersion(a: Promotion, b: Promotion): boolean {
  return a.version.tag === b.version.tag;
}

/**
 * An entry of the history tells which version it brought by its parameters, by
 * being of that version's very commit, or by being of the same deployment as an
 * entry of which it is known.
 */
function isTold(
  { reference }: Omit<Pair, 'told'>,
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
    earlier.some(({ disturbed, told, reference: other }) => {
      const former = history.find(({ id }) => id === other.sync?.historyId);
      return (
        former !== undefined &&
        (told || disturbed?.stages.synced !== undefined) &&
        isSameVersion(other, reference) &&
        isSameDeployment(former, entry)
      );
    })
  );
}

/** Whether two entries of the history were made from the same. */
export function isSameDeployment(
  a: ApplicationHistoryEntry,
  b: ApplicationHistoryEntry,
): boolean {
  return (
    JSON.stringify([a.revisions, a.sources]) ===
    JSON.stringify([b.revisions, b.sources])
  );
}

/** Whether the disturbed portal knows that it was live. */
export function isSeenHealthy({ disturbed }: Pair): boolean {
  return disturbed?.stages.healthy !== undefined;
}
