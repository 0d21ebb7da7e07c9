/** New tags per read. */
export const NEW_TAGS = 500;
/** Known tags that one read requests again. */
export const KNOWN_TAGS = 250;

/** What is known about a tag. */
export interface KnownTag {
  digest: string;
  /** Milliseconds since the epoch; 0 if this process hasn't read it. */
  checkedAt: number;
  /** It had another digest before. */
  hasMoved: boolean;
}

const byVersion = new Intl.Collator('en', { numeric: true });

/**
 * Plans which tags to request. New tags come first, highest versions first.
 * Known tags follow: first those that are likely to move (they moved before, or
 * contain no digit, such as `latest`), up to half of the portion, then those
 * not requested for the longest time. `ordered` are all tags, highest versions
 * first.
 *
 * @param options - `isBounded`: also limits new tags, to `NEW_TAGS`
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
