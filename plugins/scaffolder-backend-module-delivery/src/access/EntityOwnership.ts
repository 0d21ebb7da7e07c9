import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { type Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { normalizeEntityRef } from './entityRef';

const ADVICE = 'Choose another name, or ask an owner to run this.';

/**
 * The entity in question, if the catalog has it.
 *
 * @public
 */
export type OwnedEntity = { exists: false } | { exists: true; entity: Entity };

/** @public */
export interface EntityOwnershipOptions {
  auth: AuthService;
  catalog: CatalogService;
  userInfo: UserInfoService;
}

/**
 * Decides whether the initiator of a task may act for an entity, by the
 * `ownedBy` relations of the catalog.
 *
 * @public
 */
export class EntityOwnership {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;

  static create(options: EntityOwnershipOptions): EntityOwnership {
    return new EntityOwnership(options);
  }

  private constructor(options: EntityOwnershipOptions) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
  }

  /**
   * Returns the entity if the caller owns it, and `exists: false` if the catalog
   * doesn't have it. A service may act for every entity.
   *
   * Throws a `NotAllowedError` that names the owners, or only says that the name
   * is taken if the caller may not see the entity. Throws an `InputError` for text
   * that is not an entity ref.
   */
  async assertOwned(options: {
    credentials: BackstageCredentials;
    entityRef: string;
  }): Promise<OwnedEntity> {
    const { credentials } = options;
    const entityRef = normalizeEntityRef(options.entityRef);
    // With the plugin's own credentials, since hidden entities exist, too.
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      return { exists: false };
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      return { exists: true, entity };
    }
    const owners = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
        credentials,
      );
      if (owners.some(owner => ownershipEntityRefs.includes(owner))) {
        return { exists: true, entity };
      }
    }
    const isVisible = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    throw new NotAllowedError(
      isVisible
        ? refusal(entityRef, owners)
        : `${entityRef} is taken. ${ADVICE}`,
    );
  }
}

function refusal(entityRef: string, owners: string[]): string {
  return owners.length > 0
    ? `${entityRef} is taken: it is owned by ${owners.join(', ')}. ${ADVICE}`
    : `${entityRef} is taken: it has no owner. Choose another name, or have an owner set.`;
}
