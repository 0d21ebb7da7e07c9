export {
  type DeliveryConfigRepositoryHistoryExtensionPoint,
  deliveryConfigRepositoryHistoryExtensionPoint,
} from './extensionPoint';
export { ScmRepositoryHistory } from './ScmRepositoryHistory';
export type {
  CommitsBetween,
  CommitsQuery,
  ConfigRepositoryHistory,
  ContainedReason,
  HistoryUnavailable,
  ProposalsFound,
  RequestOfCommit,
  UnavailableReason,
} from './types';
export {
  type FoundRequest,
  type OpenRequestOptions,
  ScmRequests,
  type SendRequestOptions,
} from './ScmRequests';
