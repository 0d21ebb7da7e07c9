import type { Entity } from '@backstage/catalog-model';
import {
  compareEnvironments,
  type DeploymentsResponse,
  environmentOf,
  type ImagesRequest,
  type ImagesResponse,
  type OverviewResponse,
  type PerformancePeriod,
  type PerformanceResponse,
  type PromotionsRequest,
  type PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { scopes } from '../store/scopes';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { attentionOf } from './attention';
import {
  type DeploymentSettings,
  readDeploymentRows,
  toDeployments,
} from './deployments';
import {
  EntityApplications,
  type EntityApplicationsOptions,
  truncation,
} from './EntityApplications';
import { EntityImages } from './EntityImages';
import type { EntityRepositories } from './EntityRepositories';
import { readSnapshot, type StoreReading } from './EntitySnapshot';
import { toPerformance } from './performance';
import { readPage, toPromotions } from './promotions';
import { readProgress } from './stuckEvidence';

const DEFAULT_IMAGES = 50;

/** As many as the tab shows at first. */
const OVERVIEW_IMAGES = 20;

/** @internal */
export interface EntityViewsOptions
  extends EntityApplicationsOptions,
    DeploymentSettings {
  repositories: EntityRepositories;
  /** The platform that Image Updater runs on; default `linux/amd64`. */
  updaterPlatform?: string;
  metrics?: DeliveryMetrics;
  /** How long promotions are kept after they ended. */
  retentionMs?: number;
}

/**
 * Makes the answers about an entity from the store.
 *
 * @internal
 */
export class EntityViews {
  private readonly applications: EntityApplications;
  private readonly entityImages: EntityImages;

  /** @param startedAt - since when instances are `connecting` that nobody watched */
  constructor(
    private readonly options: EntityViewsOptions,
    private readonly startedAt: string,
  ) {
    this.applications = new EntityApplications(options);
    this.entityImages = new EntityImages(options);
  }

  /** Everything that the card and the tab show at first, in one pass. */
  async overview(
    entity: Entity,
    reading: StoreReading,
  ): Promise<OverviewResponse> {
    const snapshot = await this.snapshot(entity, reading);
    const rows = await readDeploymentRows(snapshot, this.startedAt);
    const page = await readPage(snapshot, {}, this.options);
    const progressOf = await readProgress(snapshot, [
      ...[...rows.promotions.values()].flat(),
      ...page.promotions,
    ]);
    const parts = {
      deployments: toDeployments(snapshot, rows, progressOf, this.options),
      promotions: toPromotions(snapshot, page, progressOf, this.options),
      images: await this.entityImages.find(snapshot, {
        limit: OVERVIEW_IMAGES,
      }),
    };
    return { ...parts, attention: attentionOf(parts) };
  }

  async deployments(
    entity: Entity,
    reading: StoreReading,
  ): Promise<DeploymentsResponse> {
    const snapshot = await this.snapshot(entity, reading);
    const rows = await readDeploymentRows(snapshot, this.startedAt);
    const progressOf = await readProgress(
      snapshot,
      [...rows.promotions.values()].flat(),
    );
    return toDeployments(snapshot, rows, progressOf, this.options);
  }

  async promotions(
    entity: Entity,
    request: PromotionsRequest,
    reading: StoreReading,
  ): Promise<PromotionsResponse> {
    const snapshot = await this.snapshot(entity, reading);
    const page = await readPage(snapshot, request, this.options);
    const progressOf = await readProgress(snapshot, page.promotions);
    return toPromotions(snapshot, page, progressOf, this.options);
  }

  async images(
    entity: Entity,
    request: ImagesRequest,
    reading: StoreReading,
  ): Promise<ImagesResponse> {
    return this.entityImages.find(await this.snapshot(entity, reading), {
      ...request,
      limit: request.limit ?? DEFAULT_IMAGES,
    });
  }

  /** @param environment - only deployments into it */
  async performance(
    entity: Entity,
    period: PerformancePeriod,
    environment: string | undefined,
    reading: StoreReading,
  ): Promise<PerformanceResponse> {
    const { environments: rules, retentionMs } = this.options;
    const located = await this.applications.locate(entity, {
      knex: reading.knex,
    });
    reading.dependsOn(
      ...located.claimedKeys.map(scopes.application),
      ...located.instanceNames.map(scopes.instance),
    );
    const environments = new Map(
      located.applications.map(({ key, application }) => [
        key,
        environmentOf(application, rules),
      ]),
    );
    return toPerformance(
      reading,
      {
        applicationKeys: [...environments].flatMap(([key, name]) =>
          environment === undefined || environment === name ? [key] : [],
        ),
        environments: [...new Set(environments.values())].sort(
          compareEnvironments(rules),
        ),
        truncated: truncation(located),
      },
      period,
      retentionMs,
    );
  }

  private async snapshot(entity: Entity, reading: StoreReading) {
    return readSnapshot(reading, entity, this.applications);
  }
}
