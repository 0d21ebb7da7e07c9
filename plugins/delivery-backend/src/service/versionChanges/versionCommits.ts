import type { VersionChangeRequest } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

/** Why the commits between two versions aren't known. */
const UNKNOWN_REASONS = [
  /** It isn't certain that the repository of the entity is its own. */
  'no-repository',
  /** The registry has no image with the tag. */
  'no-image',
  /** The image doesn't say which commit it was built from. */
  'no-revision',
  /** The image says that it was built from another repository. */
  'other-repository',
  /** The later version doesn't contain the earlier one. */
  'not-after',
  'too-many',
  /** No Git host of `integrations` has the repository. */
  'unsupported',
  /** The repository hasn't got the commits, or they can't be read. */
  'not-found',
  /** The registry or the Git host didn't answer. */
  'unavailable',
] as const;

/** @internal */
export const versionCommitsSchema = z.object({
  /** Tags. The commits are those that `to` has and `from` hasn't. */
  from: z.string(),
  to: z.string(),
  /** The page of the comparison. */
  url: z.string().optional(),
  found: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('listed'),
      /** The latest of them, newest first. */
      commits: z.array(
        z.object({
          revision: z.string(),
          url: z.string().optional(),
          /** The first line of its message. */
          title: z.string(),
          author: z.string(),
        }),
      ),
      /** How many there are. */
      total: z.number(),
    }),
    z.object({
      kind: z.literal('unknown'),
      reason: z.enum(UNKNOWN_REASONS),
      /** The version that the reason is about. */
      tag: z.string().optional(),
    }),
  ]),
});

/**
 * The commits of a service between two of its versions, or why they are not known.
 *
 * @internal
 */
export type VersionCommits = z.infer<typeof versionCommitsSchema>;

/** @internal */
export type UnknownCommits = Extract<
  VersionCommits['found'],
  { kind: 'unknown' }
>;

/**
 * The versions whose commits a change is about: those that it brings, or takes back.
 *
 * @internal
 * @returns undefined if it changes no version
 */
export function commitRangeOf(
  action: VersionChangeRequest['action'],
  { from, to }: { from?: string; to?: string },
): { from: string; to: string } | undefined {
  if (from === undefined || to === undefined || from === to) {
    return undefined;
  }
  switch (action) {
    case 'promote':
      return { from, to };
    case 'revert':
      return { from: to, to: from };
    default:
      return undefined;
  }
}
