import type {
  Expectation,
  JudgementExpectation,
  OwnCommitExpectation,
  TimelineExpectation,
} from './expectations';
import type { ScenarioRun } from './ScenarioRun';
import type { ServiceSetup } from './ServiceSetup';

/** An action of a person or system. */
export interface Action {
  /** The action in words, for the report of a failure. */
  does: string;
  run(scenario: ScenarioRun): Promise<void>;
}

export type Step =
  | Action
  | Expectation
  | JudgementExpectation
  | TimelineExpectation
  | OwnCommitExpectation;

/**
 * Something that keeps a version from being deployed, produced the way it
 * occurs in practice, and what the portal must report about it.
 */
export interface Scenario {
  /** The name of the application and its image repository. */
  name: string;
  story: string;
  service?: ServiceSetup;
  /**
   * Run in order. By then the first version is live, and the portal knows it.
   */
  steps: Step[];
}
