import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  DeploymentsResponse,
  FleetRequest,
  FleetResponse,
  ImagesRequest,
  ImagesResponse,
  ImageUsersRequest,
  ImageUsersResponse,
  InstanceStatus,
  OverviewResponse,
  PerformanceRequest,
  PerformanceResponse,
  PromotionsRequest,
  PromotionsResponse,
  VersionsRequest,
  VersionsResponse,
  WouldUpdateRequest,
  WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { FleetViews } from '../fleet/FleetViews';
import { ImageUserViews } from '../fleet/ImageUserViews';
import { VisibleServices } from '../fleet/VisibleServices';
import {
  PerformanceViews,
  type PerformanceViewsOptions,
} from '../performance/PerformanceViews';
import { toEntityRef, toPeriod } from '../performance/toPeriod';
import { readInstances } from '../store/operations/instances';
import { isoNow } from '../store/time';
import { Answers, type AnswersOptions } from './Answers';
import { EntityViews, type EntityViewsOptions } from './EntityViews';
import { SeenEntities } from './SeenEntities';
import { toInstanceStatus } from './toInstanceStatus';

const DEFAULT_ANSWER_BYTES = 64 * 1024 * 1024;

/** Of the memory for answers, so that pages of lists can't displace overviews. */
const OVERVIEW_SHARE = 0.5;

/** @internal */
export interface StoreDeliveryServiceOptions
  extends EntityViewsOptions,
    PerformanceViewsOptions {
  catalog: CatalogService;
  /** See `VisibleServicesOptions`. */
  permissions?: PermissionsService;
  /** By default, answers are kept, and the catalog is asked for each request. */
  cache?: {
    /** How long it counts whether a caller may see an entity; 0: not at all. */
    authorizationMs: number;
    /** The most that answers are kept of, by their length in JSON; 0: none. */
    answerBytes: number;
    clock?: { now(): number };
  };
}

/**
 * Answers from the store alone, for the entities that the catalog shows to the
 * caller. A page view costs Argo CD and the registries nothing, works when they
 * don't, and writes nothing.
 *
 * Callers who see the same entity share the answers about it.
 *
 * @internal
 */
export class StoreDeliveryService implements DeliveryService {
  static create(options: StoreDeliveryServiceOptions): StoreDeliveryService {
    return new StoreDeliveryService(options);
  }

  private readonly startedAt = isoNow();
  private readonly views: EntityViews;
  private readonly entities: SeenEntities;
  private readonly overviews: Answers<OverviewResponse>;
  private readonly deployments: Answers<DeploymentsResponse>;
  private readonly promotions: Answers<PromotionsResponse>;
  private readonly images: Answers<ImagesResponse>;
  private readonly versions: Answers<VersionsResponse>;
  private readonly wouldUpdate: Answers<WouldUpdateResponse>;
  private readonly imageUsers: Answers<ImageUsersResponse>;
  private readonly imageUserViews: ImageUserViews;
  private readonly fleet: Answers<FleetResponse>;
  private readonly fleetViews: FleetViews;
  private readonly services: VisibleServices;
  private readonly performance: Answers<PerformanceResponse>;
  private readonly performanceViews: PerformanceViews;

  private constructor(private readonly options: StoreDeliveryServiceOptions) {
    const { database, cache, metrics } = options;
    const bytes = cache?.answerBytes ?? DEFAULT_ANSWER_BYTES;
    const answersOf = (share: number): AnswersOptions => ({
      database,
      metrics,
      maxBytes: Math.floor(share * bytes),
    });
    const others = (1 - OVERVIEW_SHARE) / 6;
    this.views = new EntityViews(options, this.startedAt);
    this.entities = SeenEntities.create({
      catalog: options.catalog,
      metrics,
      cache,
    });
    this.overviews = Answers.create(answersOf(OVERVIEW_SHARE));
    this.deployments = Answers.create(answersOf(others));
    this.promotions = Answers.create(answersOf(others));
    this.images = Answers.create(answersOf(others));
    this.versions = Answers.create(answersOf(others));
    // Few ask, each for something else, so these answers aren't kept.
    this.wouldUpdate = Answers.create(answersOf(0));
    this.imageUsers = Answers.create(answersOf(0));
    this.imageUserViews = new ImageUserViews(options, this.startedAt);
    this.fleet = Answers.create(answersOf(others));
    this.fleetViews = new FleetViews(options, this.startedAt);
    this.services = VisibleServices.create({
      ...options,
      authorizationMs: cache?.authorizationMs ?? 0,
      clock: cache?.clock,
    });
    this.performance = Answers.create(answersOf(others));
    this.performanceViews = new PerformanceViews(options);
  }

  async getOverview(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<OverviewResponse> {
    const { entity, fingerprint } = await this.entities.get(entityRef, options);
    return this.overviews.get(fingerprint, reading =>
      this.views.overview(entity, reading),
    );
  }

  async getDeployments(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<DeploymentsResponse> {
    const { entity, fingerprint } = await this.entities.get(entityRef, options);
    return this.deployments.get(fingerprint, reading =>
      this.views.deployments(entity, reading),
    );
  }

  async getPromotions(
    entityRef: CompoundEntityRef,
    request: PromotionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<PromotionsResponse> {
    const { entity, fingerprint } = await this.entities.get(entityRef, options);
    const { limit, cursor, environment, repository, outcome } = request;
    const query = [limit, cursor, environment, repository, outcome];
    return this.promotions.get(keyOf(fingerprint, query), reading =>
      this.views.promotions(entity, request, reading),
    );
  }

  async getImages(
    entityRef: CompoundEntityRef,
    request: ImagesRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImagesResponse> {
    const { entity, fingerprint } = await this.entities.get(entityRef, options);
    const { limit, cursor, repository } = request;
    const query = [limit, cursor, repository];
    return this.images.get(keyOf(fingerprint, query), reading =>
      this.views.images(entity, request, reading),
    );
  }

  async getVersions(
    entityRef: CompoundEntityRef,
    request: VersionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionsResponse> {
    const { entity, fingerprint } = await this.entities.get(entityRef, options);
    const { limit, cursor, environment, repository } = request;
    const query = [limit, cursor, environment, repository];
    return this.versions.get(keyOf(fingerprint, query), reading =>
      this.views.versions(entity, request, reading),
    );
  }

  async getWouldUpdate(
    entityRef: CompoundEntityRef,
    request: WouldUpdateRequest,
    options: DeliveryServiceOptions,
  ): Promise<WouldUpdateResponse> {
    const { entity, fingerprint } = await this.entities.get(entityRef, options);
    const { repository, tag, environment } = request;
    const query = [repository, tag, environment];
    return this.wouldUpdate.get(keyOf(fingerprint, query), reading =>
      this.views.wouldUpdate(entity, request, reading),
    );
  }

  async getImageUsers(
    request: ImageUsersRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImageUsersResponse> {
    const seen = await this.services.of(options);
    const { repository, tag, digest, environment, limit } = request;
    const query = [repository, tag, digest, environment, limit];
    return this.imageUsers.get(keyOf(seen.fingerprint, query), reading =>
      this.imageUserViews.find(seen, request, reading),
    );
  }

  async getFleet(
    request: FleetRequest,
    options: DeliveryServiceOptions,
  ): Promise<FleetResponse> {
    const seen = await this.services.of(options);
    const { limit, cursor, sort, state, search } = request;
    const { owner, system, environment, cluster, instance } = request;
    const query = [
      ...[limit, cursor, sort, state, search],
      ...[owner, system, environment, cluster, instance],
    ];
    return this.fleet.get(keyOf(seen.fingerprint, query), reading =>
      this.fleetViews.fleet(seen, request, reading),
    );
  }

  async getPerformance(
    request: PerformanceRequest,
    options: DeliveryServiceOptions,
  ): Promise<PerformanceResponse> {
    const period = toPeriod(request, new Date());
    const { owner, system, environment } = request;
    const { from, to, interval } = period;
    const query = [from, to, interval, owner, system, environment];
    const entityRef = toEntityRef(request);
    if (entityRef) {
      const { entity, fingerprint } = await this.entities.get(
        entityRef,
        options,
      );
      return this.performance.get(keyOf(fingerprint, query), reading =>
        this.performanceViews.ofEntity(entity, period, request, reading),
      );
    }
    const seen = await this.services.of(options);
    return this.performance.get(keyOf(seen.fingerprint, query), reading =>
      this.performanceViews.ofServices(seen, period, request, reading),
    );
  }

  async getInstances(): Promise<InstanceStatus[]> {
    const { database, instanceNames } = this.options;
    const stored = await readInstances(
      database.knex,
      instanceNames,
      this.startedAt,
    );
    return stored.map(toInstanceStatus);
  }
}

function keyOf(fingerprint: string, query: unknown[]): string {
  return `${fingerprint}${JSON.stringify(query)}`;
}
