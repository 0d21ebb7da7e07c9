import type { Entity } from '@backstage/catalog-model';
import {
  type DeploymentsResponse,
  type ImagesRequest,
  type ImagesResponse,
  type OverviewResponse,
  type PromotionsRequest,
  type PromotionsResponse,
  toApplicationClaim,
  type VersionsRequest,
  type VersionsResponse,
  type WouldUpdateRequest,
  type WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { isStoredClaim } from '../store/operations/services';
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
} from './EntityApplications';
import { EntityImages } from './EntityImages';
import type { EntityRepositories } from './EntityRepositories';
import { readSnapshot } from './EntitySnapshot';
import type { StoreReading } from './StoreReading';
import { readPage, toPromotions } from './promotions';
import { readProgress } from './stuckEvidence';
import { EntityVersions } from './versions/EntityVersions';

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
  /**
   * Called when the list of services doesn't have an entity as it is. This happens
   * during a request, so it must not write, but only request an early read.
   */
  onChangedService?: (entityRef: string) => void;
}

/**
 * Makes the answers about an entity from the store.
 *
 * @internal
 */
export class EntityViews {
  private readonly applications: EntityApplications;
  private readonly entityImages: EntityImages;
  private readonly entityVersions: EntityVersions;

  /** @param startedAt - since when instances are `connecting` that nobody watched */
  constructor(
    private readonly options: EntityViewsOptions,
    private readonly startedAt: string,
  ) {
    this.applications = new EntityApplications(options);
    this.entityImages = new EntityImages(options);
    this.entityVersions = new EntityVersions(options);
  }

  /** Everything that the card and the tab show at first, in one pass. */
  async overview(
    entity: Entity,
    reading: StoreReading,
  ): Promise<OverviewResponse> {
    const snapshot = await this.snapshot(entity, reading);
    const rows = await readDeploymentRows(
      snapshot,
      this.startedAt,
      this.options,
    );
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
    const rows = await readDeploymentRows(
      snapshot,
      this.startedAt,
      this.options,
    );
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

  async wouldUpdate(
    entity: Entity,
    request: WouldUpdateRequest,
    reading: StoreReading,
  ): Promise<WouldUpdateResponse> {
    return this.entityImages.wouldUpdate(
      await this.snapshot(entity, reading),
      request,
    );
  }

  async versions(
    entity: Entity,
    request: VersionsRequest,
    reading: StoreReading,
  ): Promise<VersionsResponse> {
    return this.entityVersions.find(
      await this.snapshot(entity, reading),
      request,
    );
  }

  private async snapshot(entity: Entity, reading: StoreReading) {
    const { onChangedService } = this.options;
    const claim = onChangedService && toApplicationClaim(entity);
    if (claim && !(await isStoredClaim(reading.knex, claim))) {
      onChangedService(claim.claimant.ref);
    }
    return readSnapshot(reading, entity, this.applications);
  }
}
