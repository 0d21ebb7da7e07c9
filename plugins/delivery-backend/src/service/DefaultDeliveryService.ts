import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  compareEnvironments,
  type DeploymentsResponse,
  environmentOf,
  type ImagesResponse,
  type EnvironmentRule,
  type InstanceStatus,
  LOCATOR_ANNOTATIONS,
  parseImageReference,
  type PromotionsResponse,
  whyStuck,
  describePromotion,
  describeStuckReason,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import type { StoredApplication } from '../store/operations/applications/readApplications';
import { readImagesByDigest } from '../store/operations/images/images';
import { readInstances } from '../store/operations/instances/instances';
import {
  readCurrentPromotions,
  readPromotionsPage,
} from '../store/operations/promotions/promotions';
import { readRevisions } from '../store/operations/revisions/revisions';
import { isoNow } from '../store/time';
import { decodeCursor, encodeCursor } from './cursor';
import {
  EntityApplications,
  type EntityApplicationsOptions,
} from './EntityApplications';
import { EntityImages } from './EntityImages';
import type { EntityRepositories } from './EntityRepositories';
import type { Links } from './links';
import { toDeployment } from './toDeployment';
import type { DeliveryReader, ImagesQuery, PromotionsQuery } from './types';

/** @internal */
export interface DefaultDeliveryServiceOptions
  extends EntityApplicationsOptions {
  links: Links;
  repositories: EntityRepositories;
  environments: EnvironmentRule[];
  /** How often the Image Updater looks; default two minutes. */
  updaterIntervalMs?: number;
  /** Where it runs; default `linux/amd64`. */
  updaterPlatform?: string;
}

/**
 * Answers from the store alone: what a page asks for costs Argo CD and the
 * registries nothing, and is there when they are not.
 *
 * @internal
 */
export class DefaultDeliveryService implements DeliveryReader {
  static create(
    options: DefaultDeliveryServiceOptions,
  ): DefaultDeliveryService {
    return new DefaultDeliveryService(options);
  }

  private readonly startedAt = isoNow();
  private readonly applications: EntityApplications;
  private readonly images: EntityImages;

  private constructor(private readonly options: DefaultDeliveryServiceOptions) {
    this.applications = new EntityApplications(options);
    this.images = new EntityImages({
      ...options,
      applications: this.applications,
    });
  }

  async deploymentsOf(entity: Entity): Promise<DeploymentsResponse> {
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
    const now = new Date();
    const byEnvironment = new Map<
      string,
      DeploymentsResponse['environments'][number]
    >();
    for (const { key, application, syncWindows } of applications) {
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
            promotions: promotions.get(key) ?? [],
            images,
            imageUpdaters: updatersOf(application.ref),
            unreadable: unreadableOf(application.ref),
            updaterIntervalMs,
            revisions,
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

  async promotionsOf(
    entity: Entity,
    query: PromotionsQuery,
  ): Promise<PromotionsResponse> {
    const { database, links, environments, updaterIntervalMs } = this.options;
    const after =
      query.cursor === undefined
        ? undefined
        : decodeCursor('promotions', query.cursor);
    const located = new Map<
      string,
      StoredApplication & { environment: string }
    >();
    for (const stored of (await this.applications.locate(entity))
      .applications) {
      const environment = environmentOf(stored.application, environments);
      if (!query.environment || query.environment === environment) {
        located.set(stored.key, { ...stored, environment });
      }
    }
    const { promotions, next } = await readPromotionsPage(database.knex, {
      applicationKeys: [...located.keys()],
      repository: query.repository,
      outcome: query.outcome,
      after,
      limit: query.limit,
    });
    const all = [...located.values()].map(({ application }) => application);
    const updatersOf = await this.applications.updatersOf(all);
    const unreadableOf = await this.applications.unreadableOf(all);
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

  async imagesOf(entity: Entity, query: ImagesQuery): Promise<ImagesResponse> {
    return this.images.of(entity, query);
  }

  async instances(): Promise<InstanceStatus[]> {
    const { database, instanceNames } = this.options;
    return readInstances(database.knex, instanceNames, this.startedAt);
  }
}

/** Watches report every few seconds; to the second, no answer would ever be the same as the one before (ETag). */
function toTheMinute(status: InstanceStatus): InstanceStatus {
  const { lastHeardAt } = status;
  return lastHeardAt
    ? { ...status, lastHeardAt: `${lastHeardAt.slice(0, 16)}:00.000Z` }
    : status;
}

/** The annotations that were looked at, for the page to show when nothing matched. */
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
