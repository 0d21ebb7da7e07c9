/** Replaces entries of the same name in place, and appends the others. */
export function mergeNamed<T extends { name: string }>(
  entries: readonly T[],
  changes: readonly T[],
): T[] {
  const added = changes.filter(
    ({ name }) => !entries.some(entry => entry.name === name),
  );
  return [
    ...entries.map(
      entry => changes.find(({ name }) => name === entry.name) ?? entry,
    ),
    ...added,
  ];
}
