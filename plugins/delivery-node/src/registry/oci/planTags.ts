/** New tags that one read asks for. */
export const NEW_TAGS = 500;
/** Known tags that one read asks for again. */
export const KNOWN_TAGS = 250;

/** What is known of a tag. */
export interface KnownTag {
  digest: string;
  /** Milliseconds since the epoch; 0: not by this process. */
  checkedAt: number;
  /** It stood for something else before. */
  hasMoved: boolean;
}

const byVersion = new Intl.Collator('en', { numeric: true });

/**
 * Which tags are to be asked for: new ones, highest versions first; then half of the
 * others that are likely to move (they did before, or have no number, such as
 * `latest`), and those that were not asked for the longest. `ordered` are all tags,
 * highest versions first.
 *
 * @param options - `isBounded`: no more than `NEW_TAGS` and `KNOWN_TAGS`
 */
export function planTags(
  tags: string[],
  known: ReadonlyMap<string, KnownTag>,
  { isBounded }: { isBounded: boolean },
): { ordered: string[]; asked: string[] } {
  const ordered = [...tags].sort((a, b) => byVersion.compare(b, a));
  const fresh = ordered.filter(tag => !known.has(tag));
  const others = ordered
    .flatMap(tag => {
      const one = known.get(tag);
      return one ? [{ tag, ...one }] : [];
    })
    .sort((a, b) => a.checkedAt - b.checkedAt);
  const moving = others
    .filter(({ tag, hasMoved }) => hasMoved || !/\d/.test(tag))
    .slice(0, KNOWN_TAGS / 2);
  const again = [...new Set([...moving, ...others])].map(({ tag }) => tag);
  return {
    ordered,
    asked: isBounded
      ? [...fresh.slice(0, NEW_TAGS), ...again.slice(0, KNOWN_TAGS)]
      : [...fresh, ...again.slice(0, KNOWN_TAGS)],
  };
}
