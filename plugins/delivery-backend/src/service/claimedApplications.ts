import {
  type ApplicationClaim,
  type ApplicationLocator,
  type ClaimRules,
  type ClaimVerdict,
  judgeClaim,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  countApplications,
  findApplications,
  type StoredApplication,
} from '../store/operations/readApplications';
import { toFilter } from './toFilter';

/** The most that are read, since the state of each is parsed. */
const MAX_READ = 1000;

/**
 * An application that an entity's annotations reference.
 *
 * @internal
 */
export interface ClaimedApplication extends StoredApplication {
  verdict: ClaimVerdict;
}

/**
 * The configured instances in which an entity's applications can be, in the order
 * of its annotation.
 *
 * @internal
 */
export function claimedInstances(
  { instances }: ApplicationLocator,
  configured: readonly string[],
): string[] {
  return (
    instances?.filter(name => configured.includes(name)) ?? [...configured]
  );
}

/**
 * Finds what a claim references, ordered by instance and then by name. Of very many,
 * only the first are returned; `total` counts all.
 *
 * @internal
 */
export async function findClaimed(
  knex: Knex,
  claim: ApplicationClaim,
  rules: ClaimRules,
): Promise<{ claimed: ClaimedApplication[]; total: number }> {
  const instances = claimedInstances(claim.locator, rules.instanceNames);
  const filter = { ...toFilter(claim.locator), instances };
  const found = await findApplications(knex, filter, { limit: MAX_READ });
  const place = ({ application }: StoredApplication) =>
    instances.indexOf(application.ref.instance);
  const claimed = found
    .map(stored => ({
      ...stored,
      verdict: judgeClaim(claim, stored.application, rules),
    }))
    .filter(({ verdict }) => verdict.claimed)
    .sort((a, b) => place(a) - place(b));
  return {
    claimed,
    total:
      found.length < MAX_READ
        ? claimed.length
        : await countApplications(knex, filter),
  };
}
