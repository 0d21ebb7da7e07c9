import type { EcrRepositoryId } from '../locator/repositories';
import { globMatches, parseGlob } from '../image-updater/tags/glob';
import { sharesOwner } from './judgeApplication';
import type { AccessRules, Claimant } from './types';

/**
 * Whether an entity's annotations may reference a repository of Amazon ECR.
 *
 * - `listed`: `delivery.access.repositories` lists it for the entity.
 * - `claim`: no list is configured, and reading is permissive.
 * - `not-listed`: no entry of the list covers it.
 * - `other-owner`: only entries for other owners cover it.
 *
 * @public
 */
export type RepositoryVerdict =
  | { allowed: true; by: 'listed' | 'claim' }
  | { allowed: false; code: 'not-listed' | 'other-owner' };

/**
 * Judges a reference. A configured list applies in either mode: whoever lists
 * what may be referenced excludes the rest.
 *
 * @param id - undefined: a repository outside Amazon ECR, which no entry of the
 * list can cover
 *
 * @public
 */
export function judgeRepository(
  claimant: Claimant,
  id: EcrRepositoryId | undefined,
  { read, repositories }: Pick<AccessRules, 'read' | 'repositories'>,
): RepositoryVerdict {
  if (repositories.length === 0 && read === 'permissive') {
    return { allowed: true, by: 'claim' };
  }
  const listed = repositories.filter(
    grant =>
      grant.accountId === id?.accountId &&
      (grant.region === undefined || grant.region === id.region) &&
      grant.names.some(pattern => globMatches(pattern, id.name)),
  );
  if (listed.length === 0) {
    return { allowed: false, code: 'not-listed' };
  }
  return listed.some(
    ({ owners }) => owners === undefined || sharesOwner(owners, claimant),
  )
    ? { allowed: true, by: 'listed' }
    : { allowed: false, code: 'other-owner' };
}

/**
 * Whether a text is a valid entry of `RepositoryGrant.names`.
 *
 * @public
 */
export function isRepositoryPattern(text: string): boolean {
  return text.length > 0 && parseGlob(text) !== undefined;
}
