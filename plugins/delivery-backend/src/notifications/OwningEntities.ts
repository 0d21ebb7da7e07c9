import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type AccessRules,
  type Application,
  type ApplicationLocator,
  type Claimant,
  LOCATOR_ANNOTATIONS,
  matchesLocator,
  ownersToNotify,
  parseApplicationLocator,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import type { Recipient } from './planDeliveries';

/** How long the entities are cached. Milliseconds. */
const FRESH_MS = 60_000;

interface KnownEntity extends Claimant {
  locator: ApplicationLocator;
}

/** @internal */
export interface OwningEntitiesOptions {
  catalog: CatalogService;
  auth: AuthService;
  accessRules: AccessRules;
  /** Argo CD's own namespace by the name of the instance; default `argocd`. */
  argocdNamespaces?: ReadonlyMap<string, string>;
}

/**
 * Finds the entities whose owners are notified of an application's failures. This
 * is the reverse of what pages look up, and uses the same access rules.
 *
 * @internal
 */
export class OwningEntities {
  static create(options: OwningEntitiesOptions): OwningEntities {
    return new OwningEntities(options);
  }

  private known?: { at: number; entities: KnownEntity[] };

  private constructor(private readonly options: OwningEntitiesOptions) {}

  /**
   * Entities with a proof for the application, or all that may show it if none
   * has one.
   */
  async of(application: Application): Promise<Recipient[]> {
    const { accessRules, argocdNamespaces } = this.options;
    const entities = await this.entities();
    const claimants = entities.filter(({ locator }) =>
      matchesLocator(locator, application, argocdNamespaces),
    );
    return ownersToNotify(claimants, application, accessRules).map(
      ({ ref, owners }) => ({ entityRef: ref, owners }),
    );
  }

  private async entities(): Promise<KnownEntity[]> {
    const { catalog, auth } = this.options;
    if (!this.known || Date.now() - this.known.at > FRESH_MS) {
      const { items } = await catalog.getEntities(
        {
          filter: [
            LOCATOR_ANNOTATIONS.appName,
            LOCATOR_ANNOTATIONS.appSelector,
            LOCATOR_ANNOTATIONS.projectName,
          ].map(annotation => ({
            [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
            'relations',
          ],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      this.known = { at: Date.now(), entities: items.flatMap(toKnown) };
    }
    return this.known.entities;
  }
}

/**
 * An entity with invalid annotations has no applications; its page shows the
 * error.
 */
function toKnown(entity: Entity): KnownEntity[] {
  try {
    const locator = parseApplicationLocator(entity);
    return locator ? [{ ...toClaimant(entity), locator }] : [];
  } catch (error) {
    if (isError(error) && error.name === 'InputError') {
      return [];
    }
    throw error;
  }
}
