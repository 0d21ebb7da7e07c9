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
import { decodeCursor, encodeCursor } from './cursor';
import {
  EntityApplications,
  type EntityApplicationsOptions,
} from './EntityApplications';
import { EntityImages } from './EntityImages';
import type { EntityRepositories } from './EntityRepositories';
import type { Links } from './links';
import { readUpdaterEvidence } from './stuckEvidence';
import { toDeployment } from './toDeployment';

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
    const { applications, total, instanceNames, problems } =
      await this.applications.locate(entity);
    const signalKeys = await database.signalKeys();
    const all = applications.map(({ application }) => application);
    const promotions = await readCurrentPromotions(
      knex,
      applications.map(({ key }) => key),
    );
    const images = await readImagesByDigest(knex, all.flatMap(digestsOf));
    const revisions = await readRevisions(knex, all.flatMap(deployedRevisions));

    const updatersOf = await this.applications.updatersOf(all);
    const unreadableOf = await this.applications.unreadableOf(all);
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
            imageUpdaters: updatersOf(application.ref),
            unreadable: unreadableOf(application.ref),
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
      ...(total > applications.length && {
        truncated: {
          shown: applications.length,
          total,
          advice: `Narrow the annotations of the entity, such as ${LOCATOR_ANNOTATIONS.appSelector}, so that they match only its own applications`,
        },
      }),
      instances: (await readInstances(knex, instanceNames, this.startedAt)).map(
        toTheMinute,
      ),
      problems,
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
    const located = new Map<
      string,
      StoredApplication & { environment: string }
    >();
    for (const stored of (await this.applications.locate(entity))
      .applications) {
      const environment = environmentOf(stored.application, environments);
      if (!request.environment || request.environment === environment) {
        located.set(stored.key, { ...stored, environment });
      }
    }
    const { promotions, next } = await readPromotionsPage(database.knex, {
      applicationKeys: [...located.keys()],
      repository: request.repository,
      outcome: request.outcome,
      after,
      limit: request.limit ?? DEFAULT_PROMOTIONS,
    });
    const all = [...located.values()].map(({ application }) => application);
    const updatersOf = await this.applications.updatersOf(all);
    const unreadableOf = await this.applications.unreadableOf(all);
    const evidenceOf = await readUpdaterEvidence(
      database.knex,
      all,
      promotions,
    );
    const now = new Date();
    return {
      items: promotions.map(promotion => {
        const { application, commit, repository, version } = promotion;
        const found = located.get(applicationKey(application));
        const waiting =
          found &&
          whyStuck(
            promotion,
            {
              ...found,
              imageUpdaters: updatersOf(application),
              unreadable: unreadableOf(application),
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
    return this.images.of(await this.entity(entityRef, options), {
      ...request,
      limit: request.limit ?? DEFAULT_IMAGES,
    });
  }

  async getInstances(): Promise<InstanceStatus[]> {
    const { database, instanceNames } = this.options;
    return readInstances(database.knex, instanceNames, this.startedAt);
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

/**
 * Watches report every few seconds. To the second, no response would ever equal
 * the one before (ETag).
 */
function toTheMinute(status: InstanceStatus): InstanceStatus {
  const { lastHeardAt } = status;
  return lastHeardAt
    ? { ...status, lastHeardAt: `${lastHeardAt.slice(0, 16)}:00.000Z` }
    : status;
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
