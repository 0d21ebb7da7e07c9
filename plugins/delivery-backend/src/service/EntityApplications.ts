import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  type ApplicationRef,
  type ImageUpdaterResource,
  matchesLocator,
  parseApplicationLocator,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  countApplications,
  findApplications,
  type StoredApplication,
} from '../store/operations/applications/readApplications';
import {
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters/imageUpdaters';
import { toFilter } from './toFilter';

/** How many applications of one entity an answer may hold. */
const MAX_SHOWN = 200;

/** How many are read to find them: the state of each is parsed. */
const MAX_READ = 1000;

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

  /** The entity's first applications, in the order of its instances and then by name, and how many there are. */
  async locate(entity: Entity): Promise<{
    applications: StoredApplication[];
    total: number;
    instanceNames: string[];
  }> {
    const configured = this.options.instanceNames;
    const locator = parseApplicationLocator(entity);
    if (!locator) {
      return { applications: [], total: 0, instanceNames: configured };
    }
    const instanceNames =
      locator.instances?.filter(name => configured.includes(name)) ??
      configured;
    const { knex } = this.options.database;
    const filter = { ...toFilter(locator), instances: instanceNames };
    const found = await findApplications(knex, filter, { limit: MAX_READ });
    const place = ({ application }: StoredApplication) =>
      instanceNames.indexOf(application.ref.instance);
    const applications = found
      .filter(({ application }) => matchesLocator(locator, application))
      .sort((a, b) => place(a) - place(b));
    return {
      applications: applications.slice(0, MAX_SHOWN),
      total:
        found.length < MAX_READ
          ? applications.length
          : await countApplications(knex, filter),
      instanceNames,
    };
  }
}
