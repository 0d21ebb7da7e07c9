/**
 * The values to choose from, with the chosen one: a link may refer to something that
 * is gone.
 *
 * @internal
 */
export function withChosen(
  offered: readonly string[],
  chosen: string | undefined,
): string[] {
  return [...new Set([...offered, ...(chosen ? [chosen] : [])])];
}
