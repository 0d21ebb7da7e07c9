import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  type CompoundEntityRef,
  type Entity,
  getCompoundEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type Application,
  type ApplicationLocator,
  LOCATOR_ANNOTATIONS,
  matchesLocator,
  parseApplicationLocator,
} from '@landfall/backstage-plugin-delivery-common';

/** For how long the catalog isn't asked again. Milliseconds. */
const FRESH_MS = 60_000;

interface Known {
  at: number;
  entities: { ref: CompoundEntityRef; locator: ApplicationLocator }[];
}

/**
 * Finds the entities whose own an application is: what pages ask the other way
 * round.
 *
 * @internal
 */
export class OwningEntities {
  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
  }): OwningEntities {
    return new OwningEntities(options.catalog, options.auth);
  }

  private known?: Known;

  private constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  async of(application: Application): Promise<CompoundEntityRef[]> {
    const entities = await this.entities();
    return entities
      .filter(({ locator }) => matchesLocator(locator, application))
      .map(({ ref }) => ref);
  }

  private async entities(): Promise<Known['entities']> {
    if (!this.known || Date.now() - this.known.at > FRESH_MS) {
      const { items } = await this.catalog.getEntities(
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
          ],
        },
        { credentials: await this.auth.getOwnServiceCredentials() },
      );
      this.known = { at: Date.now(), entities: items.flatMap(toKnown) };
    }
    return this.known.entities;
  }
}

/** One that can't be read has no applications; its page says what is wrong with it. */
function toKnown(entity: Entity): Known['entities'] {
  try {
    const locator = parseApplicationLocator(entity);
    return locator ? [{ ref: getCompoundEntityRef(entity), locator }] : [];
  } catch (error) {
    if (isError(error) && error.name === 'InputError') {
      return [];
    }
    throw error;
  }
}
