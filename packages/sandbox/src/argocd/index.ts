export { startArgoCd } from './ArgoCd';
export type { ArgoCdExtension } from './extension';
export type { RevisionMetadata } from './git/GitRepositories';
export { withHistory, withOperationState } from './reconcile/operationStatus';
export { applicationKey } from './store/ApplicationStore';
export type { ApplicationInput } from './store/parseApplication';
export type { Store as ArgoCdStore } from './store/Store';
export { timestamp } from './time';
export {
  type Application,
  APPLICATION_API_VERSION,
  type ApplicationSpec,
  type ApplicationStatus,
  IN_CLUSTER,
  LAST_APPLIED,
  type Operation,
  type OperationState,
  type ResourceStatus,
  SKIP_RECONCILE,
  type Source,
} from './types';
