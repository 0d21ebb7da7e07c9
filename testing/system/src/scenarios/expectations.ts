import {
  formatMessage,
  type Message,
  type PromotionOutcome,
  type StuckCode,
  type VerdictCode,
} from '@landfall/backstage-plugin-delivery-common';

/** The version that runs at the start. */
export const FIRST_TAG = '1.0.0';

/** The version that is pushed then, and is pending. */
export const NEXT_TAG = '1.0.1';

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

/** A report of the portal that met an expectation. */
export interface Report {
  code: string;
  message: string;
}

/** The text expected besides a code; empty if the code is enough. */
export function textOf(words: Words | undefined): string {
  return typeof words === 'object' ? formatMessage(words) : words ?? '';
}

/** Formatted like `1.0.0 live, 1.0.1 open`. */
export function timelineText(
  timeline: TimelineExpectation['timeline'],
): string {
  return Object.entries(timeline)
    .map(([tag, outcome]) => `${tag} ${outcome}`)
    .join(', ');
}
