import { createHash } from 'node:crypto';
import type { Links } from '../Links';
import type { Branch } from '../repositories/branches';
import type { Commit, Signature } from '../repositories/history';
import type {
  HostedRepository,
  RepositoryDetails,
} from '../repositories/Repositories';

/** Gitea's zero of a time. */
const NEVER = '0001-01-01T00:00:00Z';

const UNVERIFIED = {
  verified: false,
  reason: 'gpg.error.not_signed_commit',
  signature: '',
  signer: null,
  payload: '',
};

/** Gitea counts its ids; these are the same after a restart without a counter. */
function idOf(name: string): number {
  const digest = createHash('sha256').update(name.toLowerCase()).digest();
  return (digest.readUInt32BE(0) % 0x7fff_fffe) + 1;
}

/** An `User` of Gitea's API; organizations that own a repository look like one. */
export function toUser(name: string, links: Links) {
  return {
    id: idOf(name),
    login: name,
    login_name: '',
    source_id: 0,
    full_name: '',
    email: `${name}@noreply.localhost`,
    avatar_url: '',
    html_url: links.owner(name),
    language: '',
    is_admin: false,
    last_login: NEVER,
    created: NEVER,
    restricted: false,
    active: true,
    prohibit_login: false,
    location: '',
    website: '',
    description: '',
    visibility: 'public',
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: name,
  };
}

/** An `Organization` of Gitea's API. */
export function toOrganization(name: string) {
  return {
    id: idOf(name),
    name,
    full_name: '',
    email: '',
    avatar_url: '',
    description: '',
    website: '',
    location: '',
    visibility: 'public',
    repo_admin_change_team_access: false,
    username: name,
  };
}

/** A `Repository` of Gitea's API. */
export function toRepository(
  repository: HostedRepository,
  details: RepositoryDetails,
  permissions: { pull: boolean; push: boolean },
  links: Links,
) {
  const { owner, name } = repository;
  const url = links.repository(repository);
  const api = links.api(repository);
  return {
    id: idOf(`${owner}/${name}`),
    owner: toUser(owner, links),
    name,
    full_name: `${owner}/${name}`,
    description: details.description,
    empty: details.empty,
    private: repository.private,
    fork: false,
    template: false,
    mirror: false,
    size: 0,
    language: '',
    languages_url: `${api}/languages`,
    html_url: url,
    url: api,
    link: '',
    ssh_url: '',
    clone_url: links.clone(repository),
    original_url: '',
    website: '',
    stars_count: 0,
    forks_count: 0,
    watchers_count: 0,
    open_issues_count: 0,
    open_pr_counter: 0,
    release_counter: 0,
    default_branch: details.defaultBranch,
    archived: false,
    created_at: details.createdAt.toISOString(),
    updated_at: details.updatedAt.toISOString(),
    archived_at: NEVER,
    permissions: { admin: permissions.push, ...permissions },
    has_issues: false,
    has_wiki: false,
    has_pull_requests: false,
    has_projects: false,
    has_releases: false,
    has_packages: false,
    has_actions: false,
    avatar_url: '',
    internal: false,
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: NEVER,
    topics: [],
    licenses: null,
  };
}

/** A `Commit` of Gitea's API. */
export function toCommit(
  commit: Commit,
  repository: HostedRepository,
  links: Links,
  options: { stat: boolean; files: boolean; verification: boolean },
) {
  const api = links.api(repository);
  const additions = sum(commit.files.map(it => it.additions));
  const deletions = sum(commit.files.map(it => it.deletions));
  return {
    url: `${api}/git/commits/${commit.id}`,
    sha: commit.id,
    created: commit.committer.date,
    html_url: links.commit(repository, commit.id),
    commit: {
      url: `${api}/git/commits/${commit.id}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: {
        url: `${api}/git/trees/${commit.treeId}`,
        sha: commit.treeId,
        created: commit.committer.date,
      },
      verification: options.verification ? UNVERIFIED : null,
    },
    // Users of Gitea are found by their e-mail address; the sandbox' have none.
    author: null,
    committer: null,
    parents: commit.parentIds.map(id => ({
      url: `${api}/git/commits/${id}`,
      sha: id,
      created: NEVER,
    })),
    files: options.files
      ? commit.files.map(({ path, status }) => ({ filename: path, status }))
      : null,
    stats: options.stat
      ? { total: additions + deletions, additions, deletions }
      : null,
  };
}

/** A `Branch` of Gitea's API. */
export function toBranch(
  branch: Branch,
  repository: HostedRepository,
  canPush: boolean,
  links: Links,
) {
  return {
    name: branch.name,
    commit: {
      id: branch.commitId,
      message: branch.message,
      url: links.commit(repository, branch.commitId),
      author: toPayloadUser(branch.author),
      committer: toPayloadUser(branch.committer),
      verification: UNVERIFIED,
      timestamp: branch.author.date,
      added: null,
      removed: null,
      modified: null,
    },
    protected: false,
    required_approvals: 0,
    enable_status_check: false,
    status_check_contexts: [],
    user_can_push: canPush,
    user_can_merge: canPush,
    effective_branch_protection_name: '',
  };
}

function toPayloadUser({ name, email }: Signature) {
  return { name, email, username: '' };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
