import {
  type FollowedPolicy,
  type ImageUpdaterResource,
  judgePush,
  policyFor,
  type PolicyProblem,
  type VerdictCode,
  type VerdictReason,
} from '../image-updater';
import type { MessageOf } from '../messages';
import type { Promotion } from '../model/promotion';
import type { StuckEvidence } from './types';

/**
 * What Image Updater decides about the version of a promotion.
 *
 * @internal
 */
export interface UpdateDecision {
  /** Aliases of the repository that accept the version. */
  taking: readonly FollowedPolicy[];
  /**
   * The first ImageUpdater of `taking` that reports an error, else the first
   * one.
   */
  updater?: ImageUpdaterResource;
  /** Why no alias accepts it. */
  refusal?: { reason: VerdictReason; advice?: MessageOf<'advice'> };
  /** Why the settings can't be used, if they can't. */
  unusable?: PolicyProblem;
}

/**
 * Verdicts that unreadable settings can cause, with the prefix that the codes
 * of the matching problems have.
 */
const SETTINGS: Partial<Record<VerdictCode, string>> = {
  'not-allowed': 'allow-tags',
  'constraint-invalid': 'constraint',
  'constraint-missing': 'constraint',
  'image-name-invalid': 'image-name',
};

/** @internal */
export function updateDecision(
  { repository, version: { tag } }: Promotion,
  { application, imageUpdaters }: StuckEvidence,
): UpdateDecision {
  const { state, followed, problems } = policyFor({
    application,
    repository,
    updaters: imageUpdaters,
  });
  if (state === 'unusable') {
    return { taking: [], unusable: problems.at(0) };
  }
  const judged = followed.map(entry => ({
    entry,
    refusal: tag ? refusalOf(tag, entry) : undefined,
  }));
  const taking = judged
    .filter(({ refusal }) => !refusal)
    .map(({ entry }) => entry);
  if (judged.length > 0 && taking.length === 0) {
    return { taking, refusal: judged[0].refusal };
  }
  const updaters = taking.flatMap(({ updater }) => updater ?? []);
  return {
    taking,
    updater: updaters.find(({ error }) => error) ?? updaters.at(0),
  };
}

function refusalOf(
  tag: string,
  { compiled }: FollowedPolicy,
): UpdateDecision['refusal'] {
  const { accepted, code, reason } = judgePush(compiled, { tags: [tag] });
  if (accepted) {
    return undefined;
  }
  const setting = SETTINGS[code];
  const problem =
    setting === undefined
      ? undefined
      : compiled.problems.find(other => other.code.startsWith(setting));
  return { reason, ...(problem && { advice: problem.advice }) };
}
