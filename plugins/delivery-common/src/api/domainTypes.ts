// The domain types that `openapi.yaml` references with `x-domain-type`.
export type { ApplicationProblem, RepositoryProblem } from '../locator';
export type {
  ApplicationRef,
  HealthStatus,
  Initiator,
  SyncStatus,
} from '../model/application';
export type { ImageBuild } from '../model/image';
export type { ImageVersion, StageTime } from '../model/promotion';
export type {
  ImagePolicy,
  PolicyState,
  SelectionOutcome,
  VerdictCode,
} from '../image-updater';
export type { DescribedStuckReason } from '../stuck';
export type {
  DescribedLintFinding,
  DescribedPolicyProblem,
  DescribedPromotion,
  DescribedSelectionReason,
  DescribedVerdictReason,
} from './describe';
export type { InstanceErrorCode } from './instanceErrors';
