import type {
  Message,
  PromotionOutcome,
  StuckCode,
  VerdictCode,
} from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationPlan } from '../faults/worldTypes';
import type { ScenarioRun } from './ScenarioRun';

/** What runs before anything happens. */
export const FIRST_TAG = '1.0.0';

/** What is pushed then, and waits. */
export const NEXT_TAG = '1.0.1';

/** How the service of a scenario is set up; by default updated by way of its values, and synced by itself. */
interface ServiceSetup
  extends Partial<
    Pick<
      ApplicationPlan,
      'writeBack' | 'automated' | 'annotations' | 'syncPolicy'
    >
  > {
  /**
   * The ImageUpdater resource that selects it. `enabled`: the one that lets
   * annotations count; `none`: no resource; otherwise the spec of one of its own.
   */
  updater?: 'enabled' | 'none' | ((application: string) => object);
  /** More lines of its Deployment's spec. */
  deploymentSpec?: string;
  /** More templates of its chart, by file name. */
  templates?: Record<string, string>;
}

/** Something that somebody does. */
export interface Action {
  /** In words, for the report of a failure. */
  does: string;
  run(scenario: ScenarioRun): Promise<void>;
}

/** Another system's text, or a message of the catalogue. */
export type Words = string | Message;

/** What the portal is to say that the version which was pushed waits for. */
export interface Expectation {
  code: StuckCode;
  /** Part of what is said beside the code. */
  words?: Words;
}

/** What the portal's list of images is to say that the policy makes of the version which was pushed. */
export interface JudgementExpectation {
  verdict: VerdictCode;
  /** Part of the reason. */
  words?: Words;
}

/** All promotions that the portal is to know of the application, by tag: each once, and no other. */
export interface TimelineExpectation {
  timeline: Record<string, PromotionOutcome | 'open'>;
}

export type Step =
  | Action
  | Expectation
  | JudgementExpectation
  | TimelineExpectation;

/** Something that the portal said as it was expected. */
export interface Said {
  code: string;
  message: string;
}

/**
 * Something that keeps a version from being deployed, brought about as it comes
 * about in life, and what the portal is to say of it.
 */
export interface Scenario {
  /** Names the application and its image repository. */
  name: string;
  story: string;
  service?: ServiceSetup;
  /** In order. The first version is live then, and the portal has seen it. */
  steps: Step[];
}
