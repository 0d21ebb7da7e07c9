import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { MergeRequest } from '@landfall/backstage-plugin-delivery-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitClient } from './GitClient';
import { commitUrl } from './links';
import { ScmRequests } from './history';
import { toWebUrl } from './history/webUrl';
import type { RepositoryFiles } from './RepositoryFiles';

const AUTHOR = { name: 'Landfall', email: 'landfall@noreply.invalid' };

/** @public */
export interface ConfigEdit {
  /** As an application's source has it; over ssh, too. */
  repoUrl: string;
  /** Default: the repository's default branch. */
  branch?: string;
  /**
   * The new texts of files, made from those at the head of the branch. Called again
   * if someone else pushes first; what it throws ends the edit.
   */
  edit(files: RepositoryFiles): Promise<{ path: string; text: string }[]>;
  signal?: AbortSignal;
}

/** @public */
export interface ConfigCommit {
  /** Empty for a preview. */
  revision: string;
  branch: string;
  /** The page of the commit, if the host has one that is known. */
  url?: string;
  /** Empty if nothing had to change. */
  changed: string[];
}

/** @public */
export interface ConfigRequestOptions extends ConfigEdit {
  /** The branch of the request: the same for each attempt at it. */
  newBranch: string;
  title: string;
  /** Markdown. */
  description: string;
}

/**
 * Edits files of configuration repositories on the Git hosts of Backstage's
 * `integrations`, by a commit or by a merge request.
 *
 * All methods throw an `InputError` for a host that isn't configured or refuses, a
 * `NotFoundError` for a missing repository or branch, a `ConflictError` if the branch
 * keeps moving or is protected, and a `ServiceUnavailableError` if the host doesn't
 * answer.
 *
 * @public
 */
export class ConfigRepositoryEditor {
  static fromConfig(options: {
    config: RootConfigService;
    logger: LoggerService;
  }): ConfigRepositoryEditor {
    return new ConfigRepositoryEditor(
      GitClient.fromConfig(options),
      ScmRequests.fromConfig(options.config),
      ScmIntegrations.fromConfig(options.config),
    );
  }

  private constructor(
    private readonly git: GitClient,
    private readonly requests: ScmRequests,
    private readonly integrations: ScmIntegrations,
  ) {}

  /** Makes the edit without a commit. */
  preview(edit: ConfigEdit): Promise<ConfigCommit> {
    return this.#commit({ ...edit, message: 'preview', checkOnly: true });
  }

  /** Commits the edit on top of the branch. */
  commit(edit: ConfigEdit & { message: string }): Promise<ConfigCommit> {
    return this.#commit(edit);
  }

  /**
   * Commits the edit on a new branch and opens a merge request for it. Each part is
   * done once, however often it is called with the same branch.
   *
   * @returns undefined if nothing had to change
   */
  async request(
    options: ConfigRequestOptions,
  ): Promise<{ request: MergeRequest; base: string } | undefined> {
    const { title, description, newBranch, signal } = options;
    const { base, isNew } = await this.#commit({
      ...options,
      message: `${title}\n\n${description}`,
    });
    if (!isNew || base === undefined) {
      return undefined;
    }
    const request = await this.requests.open(
      {
        repoUrl: options.repoUrl,
        branch: newBranch,
        base,
        title,
        description,
      },
      { signal },
    );
    return { request, base };
  }

  /** The merge request from a branch; undefined if there is none. */
  findRequest(
    branches: { repoUrl: string; branch: string; base: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<MergeRequest | undefined> {
    return this.requests.find(branches, options);
  }

  async #commit({
    repoUrl,
    branch,
    edit,
    message,
    newBranch,
    checkOnly,
    signal,
  }: ConfigEdit & {
    message: string;
    newBranch?: string;
    checkOnly?: boolean;
  }): Promise<ConfigCommit & { base?: string; isNew: boolean }> {
    const url = toWebUrl(repoUrl)?.href;
    if (!url) {
      throw new InputError(
        "The application's source isn't a Git repository that can be changed over https",
      );
    }
    const directory = await mkdtemp(join(tmpdir(), 'landfall-edit-'));
    try {
      const result = await this.git.commitFiles({
        url,
        branch,
        newBranch,
        files: [],
        edit: async files => {
          const edited = await edit(files);
          return edited.map(({ path, text }) => ({
            path,
            content: Buffer.from(text),
          }));
        },
        message,
        author: AUTHOR,
        checkOnly,
        directory,
        signal,
      });
      const { revision, changed, base } = result;
      // The branch was there already if it has a commit, but nothing was changed now.
      const isNew = changed.length > 0 || result.existed === true;
      return {
        revision: checkOnly ? '' : revision,
        branch: result.branch,
        ...(checkOnly ? {} : this.#link(url, revision)),
        changed,
        base,
        isNew,
      };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  #link(url: string, revision: string): { url?: string } {
    const page = commitUrl(url, revision, this.integrations);
    return page ? { url: page } : {};
  }
}
