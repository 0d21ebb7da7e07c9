import {
  type CompoundEntityRef,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type Application,
  compareEnvironments,
  type DeploymentsResponse,
  environmentOf,
  type ImagesRequest,
  type ImagesResponse,
  type EnvironmentRule,
  type InstanceStatus,
  LOCATOR_ANNOTATIONS,
  parseImageReference,
  type PromotionsRequest,
  type PromotionsResponse,
  whyStuck,
  describeProblem,
  describePromotion,
  describeStuckReason,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { applicationKey } from '../store/applicationKey';
import type { StoredApplication } from '../store/operations/readApplications';
import { readImagesByDigest } from '../store/operations/images';
import { readInstances } from '../store/operations/instances';
import {
  readCurrentPromotions,
  readPromotionsPage,
} from '../store/operations/promotions';
import { readRevisions } from '../store/operations/revisions';
import { isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { decodeCursor, encodeCursor } from './cursor';
import {
  EntityApplications,
  type EntityApplicationsOptions,
  truncation,
} from './EntityApplications';
import { EntityImages } from './EntityImages';
import type { EntityRepositories } from './EntityRepositories';
import type { Links } from './links';
import { readUpdaterEvidence } from './stuckEvidence';
import { toDeployment } from './toDeployment';
import { toInstanceStatus, toTheMinute } from './toInstanceStatus';

const DEFAULT_PROMOTIONS = 20;
const DEFAULT_IMAGES = 50;

/** @internal */
export interface StoreDeliveryServiceOptions extends EntityApplicationsOptions {
  catalog: CatalogService;
  links: Links;
  repositories: EntityRepositories;
  environments: EnvironmentRule[];
  /** How often Image Updater checks for new images; default two minutes. */
  updaterIntervalMs?: number;
  /** The platform that Image Updater runs on; default `linux/amd64`. */
  updaterPlatform?: string;
  metrics?: DeliveryMetrics;
}

/**
 * Answers from the store alone, for the entities that the catalog shows to the
 * caller. A page view costs Argo CD and the registries nothing, works when they
 * don't, and writes nothing.
 *
 * @internal
 */
export class StoreDeliveryService implements DeliveryService {
  static create(options: StoreDeliveryServiceOptions): StoreDeliveryService {
    return new StoreDeliveryService(options);
  }

  private readonly startedAt = isoNow();
  private readonly applications: EntityApplications;
  private readonly images: EntityImages;

  private constructor(private readonly options: StoreDeliveryServiceOptions) {
    this.applications = new EntityApplications(options);
    this.images = new EntityImages({
      ...options,
      applications: this.applications,
    });
  }

  async getDeployments(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<DeploymentsResponse> {
    const entity = await this.entity(entityRef, options);
    const { database, links, environments, updaterIntervalMs } = this.options;
    const { knex } = database;
    const located = await this.applications.locate(entity);
    const { applications, instanceNames, problems } = located;
    const signalKeys = await database.signalKeys();
    const all = applications.map(({ application }) => application);
    const promotions = await readCurrentPromotions(
      knex,
      applications.map(({ key }) => key),
    );
    const images = await readImagesByDigest(knex, all.flatMap(digestsOf));
    const revisions = await readRevisions(knex, all.flatMap(deployedRevisions));

    const updatersFor = await this.applications.imageUpdaterLookup(all);
    const unreadableFor = await this.applications.unreadableLookup(all);
    const evidenceOf = await readUpdaterEvidence(
      knex,
      all,
      [...promotions.values()].flat(),
    );
    const now = new Date();
    const byEnvironment = new Map<
      string,
      DeploymentsResponse['environments'][number]
    >();
    for (const { key, application, syncWindows, desired } of applications) {
      const environment = environmentOf(application, environments);
      const group = byEnvironment.get(environment) ?? {
        environment,
        deployments: [],
      };
      group.deployments.push(
        toDeployment(
          {
            key: signalKeys.of(key),
            application,
            syncWindows,
            desired,
            promotions: promotions.get(key) ?? [],
            images,
            imageUpdaters: updatersFor(application.ref),
            unreadable: unreadableFor(application.ref),
            updaterIntervalMs,
            revisions,
            ...evidenceOf(
              application,
              promotions.get(key)?.findLast(({ outcome }) => !outcome),
            ),
          },
          links,
          now,
        ),
      );
      byEnvironment.set(environment, group);
    }
    const compare = compareEnvironments(environments);
    return {
      environments: [...byEnvironment.values()].sort((a, b) =>
        compare(a.environment, b.environment),
      ),
      truncated: truncation(located),
      instances: (await this.instances(instanceNames)).map(toTheMinute),
      problems: problems.map(describeProblem),
      locator: { annotations: annotationsOf(entity) },
    };
  }

  async getPromotions(
    entityRef: CompoundEntityRef,
    request: PromotionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<PromotionsResponse> {
    const entity = await this.entity(entityRef, options);
    const { database, links, environments, updaterIntervalMs } = this.options;
    const after =
      request.cursor === undefined
        ? undefined
        : decodeCursor('promotions', request.cursor);
    const located = await this.applications.locate(entity);
    const requested = new Map<
      string,
      StoredApplication & { environment: string }
    >();
    for (const stored of located.applications) {
      const environment = environmentOf(stored.application, environments);
      if (!request.environment || request.environment === environment) {
        requested.set(stored.key, { ...stored, environment });
      }
    }
    const { promotions, next } = await readPromotionsPage(database.knex, {
      applicationKeys: [...requested.keys()],
      repository: request.repository,
      outcome: request.outcome,
      after,
      limit: request.limit ?? DEFAULT_PROMOTIONS,
    });
    const all = [...requested.values()].map(({ application }) => application);
    const updatersFor = await this.applications.imageUpdaterLookup(all);
    const unreadableFor = await this.applications.unreadableLookup(all);
    const evidenceOf = await readUpdaterEvidence(
      database.knex,
      all,
      promotions,
    );
    const now = new Date();
    return {
      truncated: truncation(located),
      items: promotions.map(promotion => {
        const { application, commit, repository, version } = promotion;
        const found = requested.get(applicationKey(application));
        const waiting =
          found &&
          whyStuck(
            promotion,
            {
              ...found,
              imageUpdaters: updatersFor(application),
              unreadable: unreadableFor(application),
              updaterIntervalMs,
              ...evidenceOf(found.application, promotion),
            },
            now,
          );
        return {
          ...describePromotion(promotion),
          environment: found?.environment ?? '',
          waiting: waiting && describeStuckReason(waiting),
          links: {
            argocd: links.application(application),
            commit: commit && links.commit(commit.repoUrl, commit.revision),
            image: links.image(repository, version),
          },
        };
      }),
      nextCursor: next && encodeCursor('promotions', next),
    };
  }

  async getImages(
    entityRef: CompoundEntityRef,
    request: ImagesRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImagesResponse> {
    return this.images.find(await this.entity(entityRef, options), {
      ...request,
      limit: request.limit ?? DEFAULT_IMAGES,
    });
  }

  async getInstances(): Promise<InstanceStatus[]> {
    return this.instances(this.options.instanceNames);
  }

  private async instances(names: string[]): Promise<InstanceStatus[]> {
    const { knex } = this.options.database;
    const stored = await readInstances(knex, names, this.startedAt);
    return stored.map(toInstanceStatus);
  }

  private async entity(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<Entity> {
    const entity = await this.options.catalog.getEntityByRef(
      entityRef,
      options,
    );
    if (!entity) {
      // The catalog doesn't distinguish a missing entity from a hidden one.
      throw new NotFoundError(
        `There is no entity '${stringifyEntityRef(
          entityRef,
        )}', or you may not see it`,
      );
    }
    return entity;
  }
}

/** The evaluated annotations, for the page to show when nothing matched. */
function annotationsOf(entity: Entity): Record<string, string> {
  const annotations = entity.metadata.annotations ?? {};
  return Object.fromEntries(
    Object.values(LOCATOR_ANNOTATIONS).flatMap(name =>
      Object.hasOwn(annotations, name) ? [[name, annotations[name]]] : [],
    ),
  );
}

function digestsOf(
  application: Application,
): { repository: string; digest: string }[] {
  return [
    ...application.images,
    ...(application.operation?.images ?? []),
  ].flatMap(text => {
    const reference = parseImageReference(text);
    return reference?.digest
      ? [{ repository: reference.repository, digest: reference.digest }]
      : [];
  });
}

function deployedRevisions(application: Application): string[] {
  return application.history.at(-1)?.revisions ?? [];
}
