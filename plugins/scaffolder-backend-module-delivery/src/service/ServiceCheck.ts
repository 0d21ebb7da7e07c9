import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import type { ServiceRules } from './readServiceRules';
import { ownNames, type ServiceNames, serviceNames } from './serviceNames';
import type { SourceHost } from './sourceRepository';

/** A service that someone wants to create. */
export interface RequestedService {
  name: string;
  /** Entity ref of its system. */
  system: string;
  /** Entity ref of the group or user that is to own it. */
  owner: string;
  environments: readonly string[];
  sourceHost: SourceHost;
}

/** A service of a form that isn't filled in yet. */
export type ServiceDraft = Pick<
  RequestedService,
  'name' | 'environments' | 'sourceHost'
> &
  Partial<Pick<RequestedService, 'system' | 'owner'>>;

/** A service that may be created. */
export interface CheckedService extends ServiceNames {
  entityRef: string;
  systemRef: string;
  /** Name of the system. */
  system: string;
  ownerRef: string;
  /** True if the catalog has the component, and the caller owns it. */
  exists: boolean;
}

export interface ServiceCheckOptions {
  auth: AuthService;
  catalog: CatalogService;
  userInfo: UserInfoService;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
  rules: ServiceRules;
}

/** Built into Argo CD: it allows every source and every destination. */
const BUILT_IN_PROJECT = 'default';
const NAMESPACE = 'default';

/**
 * Decides whether a service may be created or, if it exists, be converged. A form
 * value is only a claim: who owns a system and who belongs to a group comes from
 * the catalog.
 */
export class ServiceCheck {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;
  readonly #ownership: Pick<EntityOwnership, 'assertOwned'>;
  readonly #rules: ServiceRules;

  static create(options: ServiceCheckOptions): ServiceCheck {
    return new ServiceCheck(options);
  }

  private constructor(options: ServiceCheckOptions) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
    this.#ownership = options.ownership;
    this.#rules = options.rules;
  }

  /**
   * Checks the names first, then the catalog. An entity that is hidden from the
   * caller gets the same answer as one that doesn't exist.
   *
   * Throws an `InputError` for a value that can't be used, a `NotFoundError` for a
   * system or owner that doesn't exist, a `NotAllowedError` if the caller has no
   * right to it, and a `ConflictError` for a component of another system.
   */
  async check(
    requested: RequestedService,
    credentials: BackstageCredentials,
  ): Promise<CheckedService> {
    const systemRef = refOf('system', requested.system, ['system']);
    const ownerRef = refOf('owner', requested.owner, ['group', 'user']);
    const system = parseEntityRef(systemRef);
    if (system.namespace !== NAMESPACE) {
      // Names are derived from the system's name alone, which is unique in one
      // namespace only.
      throw new InputError(
        `${systemRef} can't be used: services are created in systems of the namespace ${NAMESPACE} only`,
      );
    }
    const names = serviceNames({
      ...requested,
      system: system.name,
      project: this.#projectOf(systemRef, system.name),
    });

    const callerRefs = await this.#callerRefs(credentials);
    const isCreator = this.#rules.creators.some(ref => callerRefs?.has(ref));
    const systemEntity = await this.#find('system', systemRef, credentials);
    await this.#find('owner', ownerRef, credentials);
    if (callerRefs && !isCreator) {
      const owners = relationsOf(systemEntity, RELATION_OWNED_BY);
      if (!owners.some(owner => callerRefs.has(owner))) {
        throw new NotAllowedError(
          `You can't create services in ${systemRef}: it is owned by ${
            owners.join(', ') || 'nobody'
          }. Ask an owner to run this.`,
        );
      }
      if (!callerRefs.has(ownerRef)) {
        throw new NotAllowedError(
          `You can't create services for ${ownerRef}, because you don't belong to it: choose yourself or a group of yours as the owner`,
        );
      }
    }

    const entityRef = entityRefOf(requested.name);
    const found = await this.#ownership.assertOwned({ credentials, entityRef });
    if (
      found.exists &&
      !relationsOf(found.entity, RELATION_PART_OF).includes(systemRef)
    ) {
      throw new ConflictError(
        `${entityRef} already exists, and isn't part of ${systemRef}. Choose another name, or its own system`,
      );
    }
    return {
      ...names,
      entityRef,
      systemRef,
      system: system.name,
      ownerRef,
      exists: found.exists,
    };
  }

  /**
   * The same check for a form: what depends on a system or an owner that isn't
   * chosen yet is left out. It throws as `check` does.
   *
   * `check` reveals that a hidden component has the name only to those who may
   * create services in the system. Without a system, it isn't revealed at all.
   */
  async checkDraft(
    draft: ServiceDraft,
    credentials: BackstageCredentials,
  ): Promise<Pick<CheckedService, 'entityRef' | 'exists'>> {
    const { system, owner } = draft;
    if (system !== undefined && owner !== undefined) {
      return this.check({ ...draft, system, owner }, credentials);
    }
    const entityRef = entityRefOf(ownNames(draft).release);
    const isVisible = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return isVisible
      ? {
          entityRef,
          ...(await this.#ownership.assertOwned({ credentials, entityRef })),
        }
      : { entityRef, exists: false };
  }

  #projectOf(systemRef: string, name: string): string {
    const { projects } = this.#rules;
    if (projects) {
      const project = projects.get(systemRef);
      if (!project) {
        throw new NotAllowedError(
          `No services can be created in ${systemRef}: it has no AppProject under delivery.scaffolder.projects in the configuration`,
        );
      }
      return project;
    }
    if (name === BUILT_IN_PROJECT) {
      throw new InputError(
        `"${BUILT_IN_PROJECT}", from the system, can't be the name of the AppProject: it is built into Argo CD and allows every destination. Choose another system, or set its AppProject under delivery.scaffolder.projects in the configuration.`,
      );
    }
    return name;
  }

  /** Refs as which the caller owns entities; undefined: a service, which may do all. */
  async #callerRefs(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string> | undefined> {
    if (this.#auth.isPrincipal(credentials, 'service')) {
      return undefined;
    }
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      return new Set();
    }
    const info = await this.#userInfo.getUserInfo(credentials);
    return new Set(info.ownershipEntityRefs.map(normalizeEntityRef));
  }

  async #find(
    field: string,
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(
        `The catalog has no ${entityRef}, or you may not see it: choose another ${field}`,
      );
    }
    return entity;
  }
}

function entityRefOf(name: string): string {
  return `component:${NAMESPACE}/${name}`;
}

function refOf(field: string, text: string, kinds: string[]): string {
  const ref = normalizeEntityRef(text);
  if (!kinds.includes(parseEntityRef(ref).kind)) {
    throw new InputError(
      `The ${field} must be a ${kinds.join(' or ')}, but ${ref} is none`,
    );
  }
  return ref;
}

function relationsOf(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}
