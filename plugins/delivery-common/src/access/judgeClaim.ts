import type { Entity } from '@backstage/catalog-model';
import {
  type ApplicationLocator,
  matchesLocator,
  parseApplicationLocator,
} from '../locator/locator';
import type { Application } from '../model/application';
import { mayShow, proofOf } from './judgeApplication';
import { type AccessRules, type Claimant, toClaimant } from './types';

/**
 * What an entity claims by its annotations.
 *
 * @public
 */
export interface ApplicationClaim {
  claimant: Claimant;
  locator: ApplicationLocator;
}

/**
 * What decides claims, besides the entity and the application.
 *
 * @public
 */
export interface ClaimRules {
  /** Names of the configured Argo CD instances; applications of others don't count. */
  instanceNames: readonly string[];
  accessRules: AccessRules;
  /** Argo CD's own namespace by the name of the instance; default `argocd`. */
  argocdNamespaces?: ReadonlyMap<string, string>;
}

/**
 * @public
 */
export interface ClaimVerdict {
  /** The annotations reference the application. */
  claimed: boolean;
  /** It is claimed, and pages of the entity may show it. */
  shown: boolean;
  /** It is claimed, and provably belongs to the entity. */
  proven: boolean;
}

/**
 * Reads what an entity claims; undefined if it has none of the annotations.
 *
 * Throws an `InputError` if they can't be read (`parseApplicationLocator`).
 *
 * @public
 */
export function toApplicationClaim(
  entity: Entity,
): ApplicationClaim | undefined {
  const locator = parseApplicationLocator(entity);
  return locator && { claimant: toClaimant(entity), locator };
}

const NOT_CLAIMED: ClaimVerdict = {
  claimed: false,
  shown: false,
  proven: false,
};

/**
 * Decides whether an application belongs to an entity. An entity's page and the
 * index of the whole fleet both ask this function.
 *
 * @public
 */
export function judgeClaim(
  { claimant, locator }: ApplicationClaim,
  application: Pick<Application, 'ref' | 'project' | 'labels' | 'annotations'>,
  { instanceNames, accessRules, argocdNamespaces }: ClaimRules,
): ClaimVerdict {
  if (
    !instanceNames.includes(application.ref.instance) ||
    !matchesLocator(locator, application, argocdNamespaces)
  ) {
    return NOT_CLAIMED;
  }
  const proof = proofOf(claimant, application, accessRules);
  return {
    claimed: true,
    shown: mayShow(proof, accessRules),
    proven: proof.proven,
  };
}
