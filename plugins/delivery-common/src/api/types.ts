import type {
  DeploymentsResponse,
  ImageItem,
  PerformanceResponse,
} from './generated/types';

export type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationFindings,
  ApplicationHistoryItem,
  ApplicationResourceNode,
  ApplicationResources,
  ApplicationRevision,
  ApplicationRollout,
  ApplicationSourceItem,
  ApplicationSyncResult,
  ApplicationSuggestion,
  AttentionItem,
  DeployedImage,
  DeployedSources,
  Deployment,
  DeploymentsResponse,
  FleetApplication,
  FleetCounters,
  FleetFacets,
  FleetRequest,
  FleetResponse,
  FleetService,
  ImageApplication,
  ImageItem,
  ImagesRequest,
  ImagesResponse,
  ImageUserItem,
  ImageUsersRequest,
  ImageUsersResponse,
  InstanceStatus,
  OverviewResponse,
  PerformanceRequest,
  PerformanceResponse,
  PromotionItem,
  PromotionsRequest,
  PromotionsResponse,
  TruncatedApplications,
  VersionItem,
  VersionsRequest,
  VersionsResponse,
  WouldUpdateApplication,
  WouldUpdateRequest,
  WouldUpdateResponse,
} from './generated/types';

/**
 * Applications of one environment.
 *
 * @public
 */
export type EnvironmentDeployments =
  DeploymentsResponse['environments'][number];

/**
 * What a registry reports about an image, for display.
 *
 * @public
 */
export type ImageDetails = Pick<
  ImageItem,
  | 'sizeInBytes'
  | 'mediaType'
  | 'artifactMediaType'
  | 'children'
  | 'childOf'
  | 'lastPulledAt'
  | 'scan'
>;

/**
 * An image in an index.
 *
 * @public
 */
export type ImageChild = NonNullable<ImageItem['children']>[number];

/**
 * A registry's scan for vulnerabilities.
 *
 * @public
 */
export type ImageScan = NonNullable<ImageItem['scan']>;

/**
 * The Image Updater's verdict on an image, for one application.
 *
 * @public
 */
export type ImageVerdict = ImageItem['verdicts'][number];

/**
 * The figures of a part of a period.
 *
 * @public
 */
export type PerformanceBucket = PerformanceResponse['buckets'][number];
