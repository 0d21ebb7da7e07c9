import type { FolderClaim } from './folderClaims';
import type { RepositoryFiles } from './RepositoryFiles';
import type { GitFile } from './trees';

/** @public */
export interface CommitFilesOptions {
  /** Clone URL of the repository, on a host from `integrations`. */
  url: string;
  /**
   * Default: the repository's default branch; `main` for an empty repository.
   */
  branch?: string;
  files: GitFile[];
  /**
   * Makes further files from those at the head of the branch. It is called again
   * on the new head if someone else pushes first, so nothing of theirs is lost;
   * what it throws ends the commit.
   */
  edit?: (files: RepositoryFiles) => Promise<GitFile[]>;
  /**
   * Puts the commit on a new branch instead, which begins at the head of `branch`.
   * If the branch exists, nothing is done and its head is returned.
   */
  newBranch?: string;
  /** False: existing files in the repository stay as they are. Default true. */
  overwrite?: boolean;
  /**
   * Folders that must belong to the entity. The commit marks them as its own.
   */
  claim?: FolderClaim;
  /**
   * Folders to remove with everything in them, before files are added. An existing
   * one must carry the entity's mark; a missing one is left out.
   */
  remove?: FolderClaim;
  /**
   * True: checks everything and returns the would-be changes without a commit.
   */
  checkOnly?: boolean;
  message: string;
  author: { name: string; email: string };
  /** Used instead of the configured credentials. */
  token?: string;
  /** An empty folder for fetched data; the caller removes it. */
  directory: string;
  /** Aborts the commit, even in the middle of a request. */
  signal?: AbortSignal;
}

/** @public */
export interface CommitFilesResult {
  /** The new commit, or the branch's head if nothing had to change. */
  revision: string;
  branch: string;
  /** Of a new branch: the one at whose head it begins. */
  base?: string;
  /** The new branch was there already. */
  existed?: boolean;
  /** Paths that were added or changed; empty if no commit was made. */
  changed: string[];
  /** Paths of the files in removed folders; absent unless asked for. */
  removed?: string[];
  /**
   * Paths with other existing content that were kept, because `overwrite` is
   * false.
   */
  kept: string[];
}
