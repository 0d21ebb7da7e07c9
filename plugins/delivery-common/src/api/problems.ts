import type {
  ApplicationProblem,
  EntityProblem,
  RepositoryProblem,
} from '../locator';
import {
  type AnyMessage,
  type Described,
  describeMessage,
  formatMessage,
  inTopic,
} from '../messages';

/**
 * A problem as the API sends it: with its sentences in English.
 *
 * @public
 */
export interface DescribedProblem<Code extends string = string> {
  code: Code;
  parameters: AnyMessage['parameters'];
  message: string;
  /** What to do. */
  advice: Described<AnyMessage>;
  /** For callers with the permission `delivery.instances.read`. */
  detail?: Described<AnyMessage>;
}

/** @public */
export type DescribedApplicationProblem = DescribedProblem<
  ApplicationProblem['code']
>;

/** @public */
export type DescribedRepositoryProblem = DescribedProblem<
  RepositoryProblem['code']
>;

/**
 * Adds the English sentences, for readers that have no catalogue.
 *
 * @public
 */
export function describeProblem<Code extends EntityProblem['code']>(
  problem: EntityProblem<Code>,
): DescribedProblem<Code> {
  const { code, parameters, advice, detail }: EntityProblem<Code> = problem;
  return {
    code,
    parameters,
    message: formatMessage(inTopic('problem', { code, parameters })),
    advice: describeMessage(advice),
    ...(detail && { detail: describeMessage(detail) }),
  };
}
