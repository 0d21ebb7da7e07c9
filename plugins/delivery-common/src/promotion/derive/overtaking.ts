/**
 * Number of newer pending versions that supersedes one that is only pushed.
 * Without a limit, a busy CI would pile up versions while the Image Updater is
 * down.
 */
const PENDING_LIMIT = 5;

/**
 * Finds, for each version, the push that brings the number of newer versions to
 * the limit. The order of the versions is computed once, since there can be
 * thousands.
 *
 * @internal
 */
export function findOvertaking<T extends { at: string }>(
  versions: T[],
  isAfter: (a: T, b: T) => boolean,
): (version: T) => T | undefined {
  const rankOf = ranked(versions, isAfter);
  const byTime = [...versions].sort((a, b) => (a.at < b.at ? -1 : 1));
  return version => {
    let newer = 0;
    return byTime.find(other => {
      newer += Number(rankOf(other) > rankOf(version));
      return newer === PENDING_LIMIT;
    });
  };
}

/** Two versions have equal ranks if neither comes after the other. */
function ranked<T>(
  versions: T[],
  isAfter: (a: T, b: T) => boolean,
): (version: T) => number {
  const compare = (a: T, b: T) => Number(isAfter(a, b)) - Number(isAfter(b, a));
  const ranks = new Map<T, number>();
  let rank = 0;
  [...versions].sort(compare).forEach((version, index, sorted) => {
    if (index > 0 && compare(sorted[index - 1], version) !== 0) {
      rank += 1;
    }
    ranks.set(version, rank);
  });
  return version => ranks.get(version) ?? 0;
}
