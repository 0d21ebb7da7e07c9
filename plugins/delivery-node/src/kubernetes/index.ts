export {
  type ImageUpdaterCluster,
  readImageUpdaterClusters,
} from './config/readImageUpdaterClusters';
export type { PodSurroundings } from './config/inCluster';
export type { KubernetesWatchTimes } from './CollectionWatch';
export {
  DefaultKubernetesClient,
  type KubernetesLimits,
} from './DefaultKubernetesClient';
export { KubernetesError, type KubernetesErrorCode } from './errors';
export {
  ImageUpdaterWatch,
  type ImageUpdaterWatchOptions,
} from './ImageUpdaterWatch';
export * from './types';
