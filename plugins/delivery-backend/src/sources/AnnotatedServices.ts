import {
  type Entity,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  type ApplicationClaim,
  LOCATOR_ANNOTATIONS,
  toApplicationClaim,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  deleteServices,
  saveServices,
  type ServiceToSave,
} from '../store/operations/services';
import type { EntityReader } from './CatalogReader';

/** @internal */
export interface AnnotatedServicesOptions {
  database: DeliveryDatabase;
}

/**
 * Stores the entities that reference Argo CD applications: the services of the
 * fleet.
 *
 * @internal
 */
export class AnnotatedServices implements EntityReader {
  static create(options: AnnotatedServicesOptions): AnnotatedServices {
    return new AnnotatedServices(options);
  }

  /** The other annotations only narrow the selection. */
  readonly annotations = [
    LOCATOR_ANNOTATIONS.appName,
    LOCATOR_ANNOTATIONS.appSelector,
    LOCATOR_ANNOTATIONS.projectName,
  ];

  private constructor(private readonly options: AnnotatedServicesOptions) {}

  async save(entities: readonly Entity[], seenAt: string): Promise<void> {
    const services = entities.flatMap(toService);
    if (services.length > 0) {
      await this.options.database.transaction(tx =>
        saveServices(tx, services, seenAt),
      );
    }
  }

  async prune(before: string): Promise<void> {
    await this.options.database.transaction(tx => deleteServices(tx, before));
  }
}

/**
 * The service of an entity; empty if the entity references no applications.
 *
 * @internal
 */
export function toService(entity: Entity): ServiceToSave[] {
  const claim = readClaim(entity);
  const { name, namespace = 'default', title } = entity.metadata;
  const system = entity.relations?.find(
    ({ type, targetRef }) =>
      type === RELATION_PART_OF &&
      targetRef.toLowerCase().startsWith('system:'),
  );
  return claim
    ? [
        {
          entityRef: stringifyEntityRef(entity),
          kind: entity.kind,
          namespace,
          name,
          title,
          owner: claim.claimant.owners.at(0),
          system: system?.targetRef.toLowerCase(),
          claim,
        },
      ]
    : [];
}

/**
 * An entity whose annotations can't be read claims nothing. It remains a service:
 * its page shows what is wrong.
 */
function readClaim(entity: Entity): ApplicationClaim | undefined {
  try {
    return toApplicationClaim(entity);
  } catch (error) {
    if (isError(error) && error.name === 'InputError') {
      return {
        claimant: toClaimant(entity),
        locator: { names: [], problems: [] },
      };
    }
    throw error;
  }
}
