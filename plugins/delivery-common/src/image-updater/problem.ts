import type { MessageOf } from '../messages';
import type { ContainerImage } from './image/image';

/**
 * Problems with the settings of the Image Updater. The updater only logs them
 * and continues, so users see nothing but a missing update.
 *
 * @public
 */
export type PolicyProblemCode =
  | 'allow-tags-malformed'
  | 'allow-tags-unknown-function'
  | 'allow-tags-invalid-expression'
  | 'allow-tags-too-complex'
  | 'application-type-unsupported'
  | 'applications-missing'
  | 'constraint-invalid'
  | 'constraint-missing'
  | 'force-update-invalid'
  | 'git-secret-foreign'
  | 'git-secret-unused'
  | 'ignore-tags-malformed'
  | 'ignore-tags-too-long'
  | 'image-list-empty'
  | 'image-list-missing'
  | 'image-name-empty'
  | 'image-name-differs'
  | 'image-name-invalid'
  | 'image-name-library'
  | 'label-selector-invalid'
  | 'manifest-targets-ambiguous'
  | 'name-pattern-invalid'
  | 'not-enabled'
  | 'not-visible'
  | 'overlapping-updaters'
  | 'platform-malformed'
  | 'pull-secret-foreign'
  | 'pull-secret-invalid'
  | 'pull-request-invalid'
  | 'source-missing'
  | 'strategy-renamed'
  | 'strategy-unknown'
  | 'write-back-branch-invalid'
  | 'write-back-credentials-invalid'
  | 'write-back-method-invalid'
  | 'write-back-target-invalid';

/**
 * A problem with settings, and what to do about it.
 *
 * @public
 */
export interface PolicyProblem {
  code: PolicyProblemCode;
  /**
   * The updater's own wording in its log or error, if it reports the problem.
   */
  message: string;
  /** What to do. */
  advice: MessageOf<'advice'>;
}

/**
 * Receives problems, one by one.
 *
 * @public
 * @param image - the entry of the image list that it concerns; absent: the
 * settings of all images
 */
export type ReportProblem = (
  problem: PolicyProblem,
  image?: ContainerImage,
) => void;

/**
 * Settings that can't be used at all: the updater skips a reference or a whole
 * resource.
 *
 * @public
 */
export class PolicyError extends Error {
  readonly code: PolicyProblemCode;
  readonly advice: MessageOf<'advice'>;

  constructor(problem: PolicyProblem) {
    super(problem.message);
    this.name = 'PolicyError';
    this.code = problem.code;
    this.advice = problem.advice;
  }

  /** The same problem, with its context before the message. */
  within(context: string): PolicyProblem {
    return {
      code: this.code,
      message: `${context}${this.message}`,
      advice: this.advice,
    };
  }
}
