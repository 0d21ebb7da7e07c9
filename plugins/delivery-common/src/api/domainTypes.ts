// The domain types that `openapi.yaml` references with `x-domain-type`.
export type {
  ActionRecord,
  ActionsResponse,
  ApplicationActionRequest,
  AvailableActions,
  DescribedActionRefusal,
  ResourceRef,
} from '../actions/types';
export type {
  VersionChangePreview,
  VersionChangeRequest,
} from '../actions/versionChanges';
export type {
  ApplicationRef,
  HealthStatus,
  Initiator,
  PodFailure,
  SyncStatus,
} from '../model/application';
export type { ImageBuild } from '../model/image';
export type { ImageVersion, MergeRequest, StageTime } from '../model/promotion';
export type { DurationFigures, PerformanceFigures } from '../performance';
export type {
  ImagePolicy,
  PolicyState,
  SelectionOutcome,
  VerdictCode,
} from '../image-updater';
export type {
  ApplicationFleetState,
  FleetSort,
  FleetState,
} from '../fleet/types';
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
