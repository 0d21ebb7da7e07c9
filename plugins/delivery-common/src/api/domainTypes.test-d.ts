import type {
  ActionRecord,
  ActionsResponse,
  ApplicationActionRequest,
  ApplicationRef,
  AvailableActions,
  DescribedActionRefusal,
  DescribedInstanceError,
  DescribedPromotion,
  DescribedStuckReason,
  DurationFigures,
  HealthStatus,
  ImageVersion,
  Initiator,
  MergeRequest,
  PerformanceFigures,
  PodFailure,
  ResourceRef,
  StageTime,
  VersionCell,
  VersionChangePreview,
  VersionChangeRequest,
} from './domainTypes';
import type { DescribedProblem } from './problems';
import type {
  ActionRecordSchema,
  ActionRefusalSchema,
  ActionRequestSchema,
  ActionsResponseSchema,
  ApplicationRefSchema,
  AvailableActionsSchema,
  DurationFiguresSchema,
  HealthSchema,
  ImageVersionSchema,
  InitiatorSchema,
  InstanceErrorSchema,
  MergeRequestSchema,
  PerformanceFiguresSchema,
  PodFailureSchema,
  ProblemSchema,
  PromotionSchema,
  ResourceRefSchema,
  StageTimeSchema,
  StuckReasonSchema,
  VersionCellSchema,
  VersionChangePreviewSchema,
  VersionChangeRequestSchema,
} from './generated/types';

// `openapi.yaml` describes these types, and the API's types reference the domain's.
// The compiler fails here when a field is in only one of the two, or a value of
// the domain doesn't fit the description.

type Describes<Schema, Domain extends Schema> = [keyof Domain] extends [
  keyof Schema,
]
  ? [keyof Schema] extends [keyof Domain]
    ? true
    : { missingInDomain: Exclude<keyof Schema, keyof Domain> }
  : { missingInDescription: Exclude<keyof Domain, keyof Schema> };

type Expect<T extends true> = T;

/** @internal */
export type Checked = [
  // Of a union, only the fields that all have in common could be compared.
  Expect<ApplicationActionRequest extends ActionRequestSchema ? true : false>,
  Expect<Describes<ActionRecordSchema, ActionRecord>>,
  Expect<Describes<ActionRefusalSchema, DescribedActionRefusal>>,
  Expect<Describes<ActionsResponseSchema, ActionsResponse>>,
  Expect<Describes<AvailableActionsSchema, AvailableActions>>,
  Expect<Describes<ResourceRefSchema, ResourceRef>>,
  Expect<Describes<VersionChangePreviewSchema, VersionChangePreview>>,
  Expect<Describes<VersionChangeRequestSchema, VersionChangeRequest>>,
  Expect<Describes<ApplicationRefSchema, ApplicationRef>>,
  Expect<Describes<DurationFiguresSchema, DurationFigures>>,
  Expect<Describes<HealthSchema, HealthStatus>>,
  Expect<Describes<ImageVersionSchema, ImageVersion>>,
  Expect<Describes<InitiatorSchema, Initiator>>,
  Expect<Describes<InstanceErrorSchema, DescribedInstanceError>>,
  Expect<Describes<ProblemSchema, DescribedProblem>>,
  Expect<Describes<MergeRequestSchema, MergeRequest>>,
  Expect<Describes<PerformanceFiguresSchema, PerformanceFigures>>,
  Expect<Describes<PodFailureSchema, PodFailure>>,
  Expect<Describes<PromotionSchema, DescribedPromotion>>,
  Expect<Describes<VersionCellSchema, VersionCell>>,
  Expect<
    Describes<
      VersionCellSchema['states'][number],
      VersionCell['states'][number]
    >
  >,
  Expect<Describes<PromotionSchema['stages'], DescribedPromotion['stages']>>,
  Expect<
    Describes<
      NonNullable<PromotionSchema['commit']>,
      NonNullable<DescribedPromotion['commit']>
    >
  >,
  Expect<
    Describes<
      NonNullable<PromotionSchema['proposal']>,
      NonNullable<DescribedPromotion['proposal']>
    >
  >,
  Expect<
    Describes<
      NonNullable<PromotionSchema['sync']>,
      NonNullable<DescribedPromotion['sync']>
    >
  >,
  Expect<
    Describes<
      NonNullable<PromotionSchema['failure']>,
      NonNullable<DescribedPromotion['failure']>
    >
  >,
  Expect<Describes<StageTimeSchema, StageTime>>,
  Expect<Describes<StuckReasonSchema, DescribedStuckReason>>,
];
