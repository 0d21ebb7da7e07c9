import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  DeploymentsResponse,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  OverviewResponse,
  PromotionsRequest,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
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
export interface StoreDeliveryServiceOptions extends EntityViewsOptions {
  catalog: CatalogService;
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

  private constructor(private readonly options: StoreDeliveryServiceOptions) {
    const { database, cache } = options;
    const bytes = cache?.answerBytes ?? DEFAULT_ANSWER_BYTES;
    const answersOf = (share: number): AnswersOptions => ({
      database,
      maxBytes: Math.floor(share * bytes),
    });
    const others = (1 - OVERVIEW_SHARE) / 3;
    this.views = new EntityViews(options, this.startedAt);
    this.entities = SeenEntities.create({ catalog: options.catalog, cache });
    this.overviews = Answers.create(answersOf(OVERVIEW_SHARE));
    this.deployments = Answers.create(answersOf(others));
    this.promotions = Answers.create(answersOf(others));
    this.images = Answers.create(answersOf(others));
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
