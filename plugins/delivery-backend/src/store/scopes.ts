import { createHash } from 'node:crypto';

/**
 * The name of a part of the store whose changes are counted. Whoever writes rows
 * that pages show bumps the versions of the parts they belong to; whoever makes an
 * answer from rows names the parts that it depends on.
 *
 * @internal
 */
export type Scope = string;

/** @internal */
export const scopes = {
  /** For rare deletions that concern many applications and repositories. */
  everything: '*',
  /** An application's row, its promotions, and what can't be read through it. */
  application: (key: string): Scope => `application:${key}`,
  /**
   * The status of an Argo CD instance, which applications it has, and by which
   * labels and projects they are found.
   */
  instance: (name: string): Scope => `instance:${name}`,
  /** The ImageUpdater resources of an instance, and those that can't be read. */
  imageUpdaters: (instance: string): Scope => `image-updaters:${instance}`,
  /** The images of a repository. */
  images: (repository: string): Scope => `images:${repository}`,
  /** The images of a repository, the last read of it, and its promotions. */
  repository: (repository: string): Scope => `repository:${repository}`,
  /** What a search for repositories by tags found. */
  search: (key: string): Scope => `search:${key}`,
  /** Which catalog entities there are, with owner, system and annotations. */
  services: 'services' satisfies Scope,
  /** Which applications belong to which services, and their summaries. */
  fleet: 'fleet' satisfies Scope,
  /** A revision that isn't resolved yet. */
  revision: (revision: string): Scope => `revision:${revision}`,
};

/** Bounds the table: 262,144 rows, however many applications come and go. */
const BUCKET_BITS = 18;

/**
 * The rows of `store_versions` for some scopes, in the order in which they have to
 * be locked. Two scopes may share a row: then a change of one also makes answers
 * from the other again.
 *
 * @internal
 */
export function bucketsOf(names: Iterable<Scope>): number[] {
  const buckets = new Set<number>();
  for (const name of names) {
    const hash = createHash('sha256').update(name).digest();
    buckets.add(hash.readUInt32BE(0) >>> (32 - BUCKET_BITS));
  }
  return [...buckets].sort((a, b) => a - b);
}
