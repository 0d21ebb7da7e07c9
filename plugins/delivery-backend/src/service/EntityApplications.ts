import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  type ApplicationRef,
  type ImageUpdaterResource,
  matchesLocator,
  parseApplicationLocator,
  type Unreadable,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  findApplications,
  type StoredApplication,
} from '../store/operations/applications/readApplications';
import {
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters/imageUpdaters';
import { readUnreadable } from '../store/operations/unreadable/unreadable';
import { toFilter } from './toFilter';

/**
 * Finds the applications of entities in the store, with what is kept of them.
 *
 * @internal
 */
export class EntityApplications {
  constructor(
    private readonly options: {
      database: DeliveryDatabase;
      /** Names of the configured Argo CD instances. */
      instanceNames: string[];
    },
  ) {}

  /** The Image Updater's resources that may select some applications, for each of them. */
  async updatersOf(
    applications: Application[],
  ): Promise<(ref: ApplicationRef) => ImageUpdaterResource[]> {
    const found = await readImageUpdaters(
      this.options.database.knex,
      applications.map(({ ref }) => ref),
    );
    return ref => imageUpdatersFor(found, ref);
  }

  /** What can't be read that would tell more of some applications, for each of them. */
  async unreadableOf(
    applications: Application[],
  ): Promise<(ref: ApplicationRef) => Unreadable> {
    return readUnreadable(
      this.options.database.knex,
      applications.map(({ ref }) => ref),
    );
  }

  /** The entity's applications, in the order of its instances and then by name. */
  async locate(entity: Entity): Promise<{
    applications: StoredApplication[];
    instanceNames: string[];
  }> {
    const configured = this.options.instanceNames;
    const locator = parseApplicationLocator(entity);
    if (!locator) {
      return { applications: [], instanceNames: configured };
    }
    const instanceNames =
      locator.instances?.filter(name => configured.includes(name)) ??
      configured;
    const found = await findApplications(this.options.database.knex, {
      ...toFilter(locator),
      instances: instanceNames,
    });
    const place = ({ application }: StoredApplication) =>
      instanceNames.indexOf(application.ref.instance);
    return {
      applications: found
        .filter(({ application }) => matchesLocator(locator, application))
        .sort((a, b) => place(a) - place(b)),
      instanceNames,
    };
  }
}
