// The domain types that `openapi.yaml` references with `x-domain-type`.
export type {
  ApplicationRef,
  HealthStatus,
  Initiator,
  SyncStatus,
} from '../model/application';
export type { ImageBuild } from '../model/image';
export type { ImageVersion, MergeRequest, StageTime } from '../model/promotion';
export type {
  ImagePolicy,
  PolicyState,
  SelectionOutcome,
  VerdictCode,
} from '../image-updater';
export type { DescribedStuckReason } from '../stuck';
export type { VersionCell } from '../versions';
export type {
  DescribedAdvice,
  DescribedLintFinding,
  DescribedMessage,
  DescribedPolicyProblem,
  DescribedPromotion,
  DescribedSelectionReason,
  DescribedVerdictReason,
} from './describe';
export type { DescribedInstanceError } from './instanceErrors';
export type {
  DescribedApplicationProblem,
  DescribedRepositoryProblem,
} from './problems';
