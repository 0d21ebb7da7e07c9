/** A version that one of several services has. @internal */
export interface CommonVersion {
  tag: string;
  /** How many of the services have it. */
  services: number;
}

/**
 * The versions of several services, each once: those first that most of the services
 * have, and of these the newest.
 *
 * @param tags - of each service, newest first
 *
 * @internal
 */
export function commonVersions(
  tags: readonly (readonly string[])[],
): CommonVersion[] {
  const counts = new Map<string, number>();
  for (const tag of tags.flatMap(own => [...new Set(own)])) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, services]) => ({ tag, services }))
    .sort((a, b) => b.services - a.services);
}
