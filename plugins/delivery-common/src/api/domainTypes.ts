// The domain types that `openapi.yaml` references with `x-domain-type`.
export type { ApplicationProblem, RepositoryProblem } from '../locator';
export type {
  ApplicationRef,
  HealthStatus,
  Initiator,
  SyncStatus,
} from '../model/application';
export type { ImageBuild } from '../model/image';
export type { ImageVersion, Promotion, StageTime } from '../model/promotion';
export type {
  PolicyState,
  ImagePolicy,
  PolicyProblem,
  SelectionOutcome,
  VerdictCode,
} from '../image-updater';
export type { StuckReason } from '../stuck/types';
export type { InstanceErrorCode } from './instanceErrors';
