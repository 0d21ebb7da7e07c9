import type { DeploymentsResponse, ImageItem } from './generated/types';

export type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationFindings,
  ApplicationHistoryItem,
  ApplicationResourceNode,
  ApplicationResources,
  ApplicationRevision,
  ApplicationRollout,
  ApplicationSourceItem,
  ApplicationSyncResult,
  AttentionItem,
  DeployedImage,
  Deployment,
  DeploymentsResponse,
  ImageApplication,
  ImageItem,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  OverviewResponse,
  PromotionItem,
  PromotionsRequest,
  PromotionsResponse,
  TruncatedApplications,
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
