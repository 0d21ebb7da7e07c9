import type { EntityProblem } from '../locator';
import type {
  ApplicationRef,
  HealthStatus,
  ImageVersion,
  Initiator,
  Promotion,
  StageTime,
  StuckReason,
} from './domainTypes';
import type {
  ApplicationRefSchema,
  HealthSchema,
  ImageVersionSchema,
  InitiatorSchema,
  ProblemSchema,
  PromotionSchema,
  StageTimeSchema,
  StuckReasonSchema,
} from './generated/types';

// `openapi.yaml` describes these types, and the API's types reference the domain's.
// The compiler fails here when a field is in only one of the two, or a value of
// the domain doesn't fit the description.

type Described<Domain extends Schema, Schema> = [keyof Domain] extends [
  keyof Schema,
]
  ? [keyof Schema] extends [keyof Domain]
    ? true
    : { missingInDomain: Exclude<keyof Schema, keyof Domain> }
  : { missingInDescription: Exclude<keyof Domain, keyof Schema> };

type Expect<T extends true> = T;

/** @internal */
export type Checked = [
  Expect<Described<ApplicationRef, ApplicationRefSchema>>,
  Expect<Described<HealthStatus, HealthSchema>>,
  Expect<Described<ImageVersion, ImageVersionSchema>>,
  Expect<Described<Initiator, InitiatorSchema>>,
  Expect<Described<EntityProblem, ProblemSchema>>,
  Expect<Described<Promotion, PromotionSchema>>,
  Expect<Described<Promotion['stages'], PromotionSchema['stages']>>,
  Expect<
    Described<
      NonNullable<Promotion['commit']>,
      NonNullable<PromotionSchema['commit']>
    >
  >,
  Expect<
    Described<
      NonNullable<Promotion['sync']>,
      NonNullable<PromotionSchema['sync']>
    >
  >,
  Expect<
    Described<
      NonNullable<Promotion['failure']>,
      NonNullable<PromotionSchema['failure']>
    >
  >,
  Expect<Described<StageTime, StageTimeSchema>>,
  Expect<Described<StuckReason, StuckReasonSchema>>,
];
