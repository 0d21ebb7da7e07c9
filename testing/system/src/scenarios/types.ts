import type {
  Message,
  PromotionOutcome,
  StuckCode,
  VerdictCode,
} from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationPlan } from '../faults/worldTypes';
import type { ScenarioRun } from './ScenarioRun';

/** The version that runs at the start. */
export const FIRST_TAG = '1.0.0';

/** The version that is pushed then, and is pending. */
export const NEXT_TAG = '1.0.1';

/**
 * A scenario's service. By default it is updated through its values and synced
 * automatically.
 */
interface ServiceSetup
  extends Partial<
    Pick<
      ApplicationPlan,
      'writeBack' | 'automated' | 'annotations' | 'syncPolicy'
    >
  > {
  /**
   * The ImageUpdater resource that selects it. `enabled`: the one that enables
   * annotations; `none`: no resource; otherwise the spec of its own resource.
   */
  updater?: 'enabled' | 'none' | ((application: string) => object);
  /** Additional lines of its Deployment's spec. */
  deploymentSpec?: string;
  /** Additional templates of its chart, by file name. */
  templates?: Record<string, string>;
}

/** An action of a person or system. */
export interface Action {
  /** The action in words, for the report of a failure. */
  does: string;
  run(scenario: ScenarioRun): Promise<void>;
}

/** A text of another system, or a message of the catalogue. */
export type Words = string | Message;

/** The expected reason why the pushed version is pending. */
export interface Expectation {
  code: StuckCode;
  /** Part of the text besides the code. */
  words?: Words;
}

/**
 * The expected verdict of the policy on the pushed version in the portal's list
 * of images.
 */
export interface JudgementExpectation {
  verdict: VerdictCode;
  /** Part of the reason. */
  words?: Words;
}

/**
 * The expected promotions of the application, by tag: each once, and no others.
 */
export interface TimelineExpectation {
  timeline: Record<string, PromotionOutcome | 'open'>;
}

/** The applications whose next version must be live by a commit of their own. */
export interface OwnCommitExpectation {
  ownCommit: string[];
}

export type Step =
  | Action
  | Expectation
  | JudgementExpectation
  | TimelineExpectation
  | OwnCommitExpectation;

/** An expected report of the portal. */
export interface Said {
  code: string;
  message: string;
}

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
