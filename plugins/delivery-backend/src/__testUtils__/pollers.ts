import {
  mockServices,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type {
  Observation,
  TagMutability,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ListImagesOptions,
  RegistryEvent,
  RegistryImage,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { RegistryPoller } from '../sources/RegistryPoller';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { createDatabase } from './databases';
import { observationsOf } from './observations';
import { createTracker, observe } from './trackers';

export const REPOSITORY =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

/** A numbered image of a repository. */
export const image = (number: number): RegistryImage => ({
  repository: REPOSITORY,
  digest: `sha256:${String(number).repeat(64)}`,
  tags: [`1.0.${number}`],
  pushedAt: `2026-11-23T03:0${number}:00.000Z`,
});
/** The event of its push. */
export const push = (number: number): RegistryEvent => ({
  id: `event-${number}`,
  action: 'push',
  repository: REPOSITORY,
  digest: image(number).digest,
  tag: `1.0.${number}`,
  at: `2026-11-23T03:0${number}:00.000Z`,
});

/** A registry with answers that a test sets. */
export class ListedRegistry implements RegistrySource {
  reads = 0;
  images: RegistryImage[] = [];
  failure?: Error;
  mutability?: TagMutability;
  isCovered = true;
  covers(repository: string) {
    return this.isCovered && repository.includes('.ecr.');
  }
  async tagMutability() {
    return this.mutability;
  }
  scanned: readonly string[] = [];
  /** The known tags that the latest read received. */
  knownTags?: ReadonlyMap<string, string>;
  builds?: RegistryImage['builds'];
  /** Runs during the first read. */
  meanwhile?: () => Promise<void>;
  /** Digests for which builds were requested, one list per read. */
  readonly asked: string[][] = [];
  async listImages(
    _: string,
    { scanned = [], buildsOf = () => false, knownTags }: ListImagesOptions,
  ) {
    this.reads += 1;
    this.scanned = scanned;
    this.knownTags = await knownTags?.();
    const requested = this.images.filter(buildsOf);
    this.asked.push(requested.map(({ digest }) => digest));
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    if (this.builds) {
      const { builds } = this;
      return this.images.map(each =>
        requested.includes(each) ? { ...each, builds } : each,
      );
    }
    if (this.failure) {
      throw this.failure;
    }
    return this.images;
  }
}

/** A poller of that registry, not started. */
function createPoller(database: DeliveryDatabase, readTimeoutMs?: number) {
  const registry = new ListedRegistry();
  const logger = mockServices.logger.mock();
  let trigger = () => {};
  const tracker = createTracker(database, {
    repositoriesAdded: () => trigger(),
  });
  const poller = RegistryPoller.create({
    registry,
    database,
    tracker,
    logger,
    pollIntervalMs: 300_000,
    readTimeoutMs,
  });
  trigger = () => poller.trigger();
  const tags = () =>
    database
      .knex('images')
      .whereNull('removed_at')
      .orderBy('digest')
      .pluck('tags');
  return { poller, database, registry, tracker, logger, tags };
}

/** Gives each test a poller on its own database, and stops it afterwards. */
export function usePollers(
  databases: TestDatabases,
  id: Parameters<typeof createDatabase>[1],
) {
  let first: Observation;
  let created: ReturnType<typeof createPoller>;

  beforeAll(async () => {
    [first] = await observationsOf('helmvalues');
  });

  afterEach(() => created.poller.stop());

  return {
    /** The application that `setUp` observes if `withApplication` is set. */
    get first() {
      return first;
    },
    async setUp(options: { withApplication: boolean; readTimeoutMs?: number }) {
      created = createPoller(
        await createDatabase(databases, id),
        options.readTimeoutMs,
      );
      if (options.withApplication) {
        await observe(created.tracker, first);
      }
      return created;
    },
  };
}
