import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  CommitFilesOptions,
  CommitFilesResult,
  GitClient,
  ScmRequests,
} from '@landfall/backstage-plugin-delivery-node';
import { sha256 } from '../checkpointKey';

/**
 * The parts of the Git client that pull requests need.
 *
 * @public
 */
export type PullRequestGit = Pick<GitClient, 'commitFiles' | 'inspect'>;
/**
 * The parts of the Git hosts' APIs that pull requests need.
 *
 * @public
 */
export type PullRequestHost = Pick<ScmRequests, 'covers' | 'find' | 'open'>;

/** Files of a commit, and the request that proposes them. */
export interface PullRequestOptions {
  git: PullRequestGit;
  host: PullRequestHost;
  commit: Omit<CommitFilesOptions, 'branch' | 'newBranch' | 'checkOnly'>;
  /** Default: one that follows from the content. */
  branch?: string;
  /** Default: the repository's default branch. */
  targetBranch?: string;
  title: string;
  /** Markdown. */
  body: string;
}

/**
 * A pull or merge request, or the reason why there is none. A type, not an
 * interface, because checkpoints have to be JSON.
 */
export type PullRequest = {
  /** `exists`: an open one proposes the same already. */
  state: 'opened' | 'exists' | 'nothing-to-change';
  url?: string;
  number?: number;
  /** Of the request; if there is nothing to change, the target branch. */
  branch: string;
  /** Head of that branch. */
  commit: string;
  /** Against the target branch. */
  changed: string[];
  kept: string[];
  /** Paths in which the branch of an existing request has other content. */
  edited: string[];
};

/** How often the same content is proposed after its requests were closed. */
const MAX_BRANCHES = 20;

/**
 * Commits files on a new branch and opens a pull or merge request for it. Without
 * `branch`, the same files for the same target always get the same branch, so that
 * the request is found again; once it is merged or closed, the next one gets a new
 * branch. An existing branch is never changed.
 *
 * Throws an `InputError` for an empty repository and a host without such requests,
 * a `NotFoundError` for a missing repository, a `ConflictError` if the branch is
 * taken, and what `GitClient` and `ScmRequests` throw.
 */
export async function openPullRequest(
  options: PullRequestOptions,
): Promise<PullRequest> {
  const { git, host, commit } = options;
  const { url, token, signal } = commit;
  if (!host.covers(url)) {
    throw new InputError(
      `Pull requests can't be opened in ${url}: that works on GitHub, GitLab, Gitea and Bitbucket. Use delivery:git:commit there`,
    );
  }
  const { state, defaultBranch } = await git.inspect({ url, token, signal });
  if (state === 'missing') {
    throw new NotFoundError(
      `The repository ${url} doesn't exist, or the credentials may not see it`,
    );
  }
  const target = options.targetBranch ?? defaultBranch;
  if (state === 'empty' || !target) {
    throw new InputError(
      `${url} has no branch that a pull request could go into. Make the first commit by delivery:git:commit, or set targetBranch`,
    );
  }
  if (options.branch === target) {
    throw new InputError(
      `branch and targetBranch are both ${target}. Choose another branch`,
    );
  }
  const name = options.branch ?? branchOf(commit, target);
  for (let count = 1; count <= MAX_BRANCHES; count++) {
    const branch = count === 1 ? name : `${name}-${count}`;
    const found = await propose(options, { branch, target });
    if (found) {
      return found;
    }
  }
  throw new ConflictError(
    `The requests of ${MAX_BRANCHES} branches ${name}… of ${url} were merged or closed. Delete these branches`,
  );
}

/** The same for the same content and target. */
function branchOf(
  { url, files, claim, overwrite }: PullRequestOptions['commit'],
  target: string,
): string {
  const content = files.map(file => [
    file.path,
    file.executable,
    sha256(file.content),
  ]);
  const hash = sha256(
    JSON.stringify([url, target, content, claim, overwrite ?? true]),
  );
  return `landfall/change-${hash.slice(0, 16)}`;
}

/** Undefined if the request of the branch was merged or closed. */
async function propose(
  options: PullRequestOptions,
  { branch, target }: { branch: string; target: string },
): Promise<PullRequest | undefined> {
  const { git, host, commit } = options;
  const pushed = await git.commitFiles({
    ...commit,
    branch: target,
    newBranch: branch,
  });
  if (!pushed.existed) {
    return pushed.changed.length === 0
      ? nothingToChange(pushed, target)
      : open(options, { ...pushed, branch, target });
  }
  const { revision } = pushed;
  const ahead = await git.commitFiles({
    ...commit,
    branch: target,
    checkOnly: true,
  });
  if (ahead.changed.length === 0) {
    return nothingToChange(ahead, target);
  }
  const request = await host.find(
    { repoUrl: commit.url, branch, base: target },
    { token: commit.token, signal: commit.signal },
  );
  if (request && request.state !== 'open') {
    if (options.branch) {
      throw new ConflictError(
        `The request ${request.url} of the branch ${branch} is ${request.state}. Delete the branch, or set another one`,
      );
    }
    return undefined;
  }
  const { changed: edited } = await git.commitFiles({
    ...commit,
    branch,
    checkOnly: true,
  });
  if (edited.length > 0 && (options.branch || !request)) {
    throw new ConflictError(
      `The branch ${branch} of ${
        commit.url
      } exists with other content in ${edited.join(
        ', ',
      )}. Nothing was changed. Set another branch, or delete this one if nobody needs it`,
    );
  }
  const { changed, kept } = ahead;
  return request
    ? {
        state: 'exists',
        url: request.url,
        number: request.number,
        branch,
        commit: revision,
        changed,
        kept,
        edited,
      }
    : open(options, { revision, changed, kept, branch, target });
}

async function open(
  { host, commit, title, body }: PullRequestOptions,
  {
    revision,
    changed,
    kept,
    branch,
    target,
  }: Pick<CommitFilesResult, 'revision' | 'changed' | 'kept' | 'branch'> & {
    target: string;
  },
): Promise<PullRequest> {
  const { url, number } = await host.open(
    { repoUrl: commit.url, branch, base: target, title, description: body },
    { token: commit.token, signal: commit.signal },
  );
  return {
    state: 'opened',
    url,
    number,
    branch,
    commit: revision,
    changed,
    kept,
    edited: [],
  };
}

function nothingToChange(
  { revision, kept }: CommitFilesResult,
  target: string,
): PullRequest {
  return {
    state: 'nothing-to-change',
    branch: target,
    commit: revision,
    changed: [],
    kept,
    edited: [],
  };
}
