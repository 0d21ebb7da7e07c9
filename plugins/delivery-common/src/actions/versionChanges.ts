import type { ApplicationRef } from '../model/application';
import type {
  DescribedActionRefusal,
  ExpectedApplication,
  GIT_ACTIONS,
} from './types';

/**
 * One place in a configuration repository that carries a version.
 *
 * @public
 */
export interface VersionChangeItem {
  /** Of the catalog entity that owns the application. */
  entityRef: string;
  application: ApplicationRef;
  expected: ExpectedApplication;
  /** Image repository, without a tag. */
  repository: string;
  /** The version to set; not for `resume-updates`. */
  tag?: string;
}

/**
 * A change of versions in Git: one commit, or one pull or merge request, for each
 * configuration repository.
 *
 * @public
 */
export interface VersionChangeRequest {
  action: (typeof GIT_ACTIONS)[number];
  items: VersionChangeItem[];
  /** Default: `request`. */
  via?: 'request' | 'commit';
  /**
   * Also tells the Image Updater to leave the version alone until "resume updates".
   * Default for `promote`: false; for `revert`: true where it would move the version
   * again; not for `resume-updates`.
   */
  hold?: boolean;
  reason?: string;
}

/**
 * What a change would do.
 *
 * @public
 */
export interface VersionChangePreview {
  /** One for each configuration repository and branch. */
  changes: {
    repositoryUrl: string;
    branch: string;
    /** Title and text of the request, or message of the commit. */
    title: string;
    description: string;
    files: { path: string; diff: string }[];
    via: 'request' | 'commit';
  }[];
  /** For each item, what will happen and what stands in its way. */
  items: {
    application: ApplicationRef;
    repository: string;
    from?: string;
    to?: string;
    /** Sentences, in order, such as that the Image Updater would move it again. */
    notes: {
      code: string;
      parameters: Record<string, string>;
      /** In English. */
      message: string;
    }[];
    refusal?: DescribedActionRefusal;
  }[];
}
