import {
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/**
 * An AppProject whose Applications belong to some owners.
 *
 * @public
 */
export interface ProjectGrant {
  /** Name of the AppProject. */
  project: string;
  /** Name of the Argo CD instance; absent: the project of that name in any. */
  instance?: string;
  /** Full entity refs in lower case. */
  owners: string[];
}

/**
 * Repositories of Amazon ECR that annotations may reference.
 *
 * @public
 */
export interface RepositoryGrant {
  /** 12 digits. */
  accountId: string;
  /** Absent: any. */
  region?: string;
  /** Globs, such as `shop/*`; `*` doesn't match `/`. */
  names: string[];
  /** Full entity refs in lower case; absent: entities of any owner may reference them. */
  owners?: string[];
}

/**
 * Which applications and repositories entities may show (`delivery.access`).
 *
 * @public
 */
export interface AccessRules {
  /**
   * `permissive`: what an entity's annotations claim is shown to whoever the
   * catalog shows the entity. `strict`: only what is proven is shown.
   */
  read: 'permissive' | 'strict';
  projects: ProjectGrant[];
  /** With entries, annotations may reference nothing else, in either mode. */
  repositories: RepositoryGrant[];
}

/**
 * The rules without any configuration.
 *
 * @public
 */
export const DEFAULT_ACCESS_RULES: AccessRules = {
  read: 'permissive',
  projects: [],
  repositories: [],
};

/**
 * An entity that claims applications or repositories by its annotations.
 *
 * @public
 */
export interface Claimant {
  /** Full ref in lower case. */
  ref: string;
  /** Full refs in lower case, from the catalog's `ownedBy` relations. */
  owners: string[];
}

/**
 * The part of a catalog entity that decides claims. The owners come from its
 * relations, so an entity that was read without relations has none.
 *
 * @public
 */
export function toClaimant(entity: Entity): Claimant {
  return {
    ref: stringifyEntityRef(entity),
    owners: (entity.relations ?? []).flatMap(({ type, targetRef }) =>
      type === RELATION_OWNED_BY ? [targetRef.toLowerCase()] : [],
    ),
  };
}
