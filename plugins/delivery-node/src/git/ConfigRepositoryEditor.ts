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
import type { CommitFound } from './findCommit';
import { commitUrl } from './links';
import { type FoundRequest, ScmRequests } from './history';
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
  /** The last line of the commit's message, by which `findCommit` finds it. */
  trailer?: string;
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
   * done once, however often it is called with the same branch. If no request can be
   * opened, the error names the branch that is left.
   *
   * @returns undefined if nothing had to change
   */
  async request(
    options: ConfigRequestOptions,
  ): Promise<{ request: MergeRequest; base: string } | undefined> {
    const { title, description, newBranch, repoUrl, signal } = options;
    if (!this.requests.covers(checkedUrl(repoUrl))) {
      // Before a branch is pushed for one.
      throw new InputError(
        "Merge requests can't be opened on the repository's Git host. Nothing was done. Add the host under integrations in the configuration, or commit instead",
      );
    }
    const { base, isNew } = await this.#commit({
      ...options,
      message: `${title}\n\n${description}`,
    });
    if (!isNew || base === undefined) {
      return undefined;
    }
    const request = await this.requests.open(
      {
        repoUrl,
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
  ): Promise<FoundRequest | undefined> {
    return this.requests.find(branches, options);
  }

  /**
   * Looks for the commit of an edit by its trailer, as after a lost answer. `since` is
   * when the edit was asked for, in ISO 8601.
   */
  async findCommit(
    wanted: { repoUrl: string; branch: string; trailer: string; since: string },
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<CommitFound & { url?: string }> {
    const url = checkedUrl(wanted.repoUrl);
    return inFolder(async directory => {
      const found = await this.git.findCommit({
        url,
        branch: wanted.branch,
        line: wanted.trailer,
        since: new Date(wanted.since),
        directory,
        signal,
      });
      return found.kind === 'found'
        ? { ...found, ...this.#link(url, found.revision) }
        : found;
    });
  }

  async #commit({
    repoUrl,
    branch,
    edit,
    message,
    trailer,
    newBranch,
    checkOnly,
    signal,
  }: ConfigEdit & {
    message: string;
    newBranch?: string;
    checkOnly?: boolean;
  }): Promise<ConfigCommit & { base?: string; isNew: boolean }> {
    const url = checkedUrl(repoUrl);
    return inFolder(async directory => {
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
        message: trailer ? `${message.trimEnd()}\n\n${trailer}\n` : message,
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
    });
  }

  #link(url: string, revision: string): { url?: string } {
    const page = commitUrl(url, revision, this.integrations);
    return page ? { url: page } : {};
  }
}

function checkedUrl(repoUrl: string): string {
  const url = toWebUrl(repoUrl)?.href;
  if (!url) {
    throw new InputError(
      "The application's source isn't a Git repository that can be changed over https",
    );
  }
  return url;
}

async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'landfall-edit-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
