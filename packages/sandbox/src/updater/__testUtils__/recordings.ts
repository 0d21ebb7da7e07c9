/**
 * Splits cases into those that must match the recording and those with a known
 * difference.
 */
export function splitKnown<C extends { id: string }>(
  cases: readonly C[],
  known: Record<string, string>,
): { held: C[]; differing: (C & { reason: string })[] } {
  return {
    held: cases.filter(({ id }) => !Object.hasOwn(known, id)),
    differing: cases
      .filter(({ id }) => Object.hasOwn(known, id))
      .map(entry => ({ ...entry, reason: known[entry.id] })),
  };
}
