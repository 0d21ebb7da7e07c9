/** A level of some options, each by its index. */
type Tuple = readonly (readonly [option: number, level: string])[];

/**
 * Combinations of options, such that each level of some options occurs together with
 * each level of the others at least once. All combinations of many options are too
 * many to run a program for each, and most faults need two particular options.
 *
 * @param options - the levels of each option
 * @param strength - how many options occur together: 2 for pairs
 * @returns the levels of each combination, in the order of the options; the same in
 * every run
 */
export function combinations(
  options: readonly (readonly string[])[],
  strength: number,
): string[][] {
  const missing = new Set(tuples(options, strength));
  const rows: string[][] = [];
  for (const tuple of missing) {
    const row = new Map(tuple);
    options.forEach((levels, option) => {
      if (!row.has(option)) {
        row.set(option, bestLevel(missing, row, option, levels));
      }
    });
    for (const other of missing) {
      if (other.every(([option, level]) => row.get(option) === level)) {
        missing.delete(other);
      }
    }
    rows.push(options.map((_, option) => row.get(option) ?? ''));
  }
  return rows;
}

/** Each level of every choice of so many options. */
function tuples(
  options: readonly (readonly string[])[],
  strength: number,
): Tuple[] {
  return strength === 0
    ? [[]]
    : options.flatMap((levels, option) =>
        tuples(options.slice(0, option), strength - 1).flatMap(others =>
          levels.map((level): Tuple => [...others, [option, level]]),
        ),
      );
}

/** The level with which a row that isn't complete yet can still cover the most. */
function bestLevel(
  missing: ReadonlySet<Tuple>,
  row: ReadonlyMap<number, string>,
  option: number,
  levels: readonly string[],
): string {
  const scores = new Map(levels.map(level => [level, 0]));
  for (const tuple of missing) {
    const own = tuple.find(([other]) => other === option);
    if (
      own &&
      tuple.every(
        ([other, level]) =>
          other === option || (row.get(other) ?? level) === level,
      )
    ) {
      const decided = tuple.filter(([other]) => row.has(other)).length;
      scores.set(own[1], (scores.get(own[1]) ?? 0) + 1 + 100 * decided);
    }
  }
  return [...scores].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
