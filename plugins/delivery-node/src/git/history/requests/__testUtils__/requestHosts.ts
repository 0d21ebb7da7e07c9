import { bitbucketCloudRequests } from '../bitbucketCloud';
import { bitbucketServerRequests } from '../bitbucketServer';
import { giteaRequests } from '../gitea';
import { githubRequests } from '../github';
import { gitlabRequests } from '../gitlab';
import type { HostRequests } from '../types';

/** A merge request, whichever host has it. */
export interface TestRequest {
  number: number;
  state: 'open' | 'closed' | 'merged';
  branch: string;
  isFork?: boolean;
}

/** What the API of one kind of Git host is asked, and what it answers. */
interface RequestHost {
  requests: HostRequests;
  /** Where the API is below the host's URL. */
  api: string;
  path: string[];
  /** Whether it gives the time of the merge. */
  datesMerges: boolean;
  paths: {
    ofCommit(revision: string): string;
    list: string;
    one?(number: number): string;
    commits(number: number): string;
    branches: string;
    range: string;
  };
  request(one: TestRequest): unknown;
  list(all: unknown[]): unknown;
  /** Undefined: the host answers 404 if there is none. */
  ofCommit(all: unknown[]): unknown;
  branches(names: string[]): unknown;
  commit(revision: string, message: string): unknown;
  commits(all: unknown[]): unknown;
  range(all: unknown[]): unknown;
}

export const UPDATED = '2026-01-01T12:05:00.000Z';
export const MERGED = '2026-01-01T12:04:00.000Z';
const AUTHORED = '2026-01-01T12:00:00.000Z';
const page = (number: number) => `https://git.example.com/requests/${number}`;
const sameId = (isFork = false) => (isFork ? 2 : 1);
const list = (all: unknown[]) => all;
const values = (all: unknown[]) => ({ values: all, isLastPage: true });

function restCommit(revision: string, message: string) {
  return {
    sha: revision,
    commit: {
      author: { name: 'Jo', email: 'jo@example.com', date: AUTHORED },
      message,
    },
  };
}

const github: RequestHost = {
  requests: githubRequests,
  api: '',
  path: ['shop', 'deploy'],
  datesMerges: true,
  paths: {
    ofCommit: revision => `/repos/shop/deploy/commits/${revision}/pulls`,
    list: '/repos/shop/deploy/pulls',
    commits: number => `/repos/shop/deploy/pulls/${number}/commits`,
    branches: '/repos/shop/deploy/git/matching-refs/heads/updates/',
    range: '/repos/shop/deploy/compare/main...updates%2F9',
  },
  request: ({ number, state, branch, isFork }) => ({
    number,
    title: `Update ${number}`,
    state: state === 'open' ? 'open' : 'closed',
    merged_at: state === 'merged' ? MERGED : null,
    updated_at: UPDATED,
    html_url: page(number),
    user: { login: 'jo' },
    head: { ref: branch, repo: isFork ? null : { id: 1 } },
    base: { ref: 'main', repo: { id: 1 } },
  }),
  list: all => all,
  ofCommit: list,
  branches: names => names.map(name => ({ ref: `refs/heads/${name}` })),
  commit: restCommit,
  commits: list,
  range: all => ({ commits: all }),
};

const gitlab: RequestHost = {
  requests: gitlabRequests,
  api: '/api/v4',
  path: ['shop', 'deploy'],
  datesMerges: true,
  paths: {
    ofCommit: revision =>
      `/api/v4/projects/shop%2Fdeploy/repository/commits/${revision}/merge_requests`,
    list: '/api/v4/projects/shop%2Fdeploy/merge_requests',
    commits: number =>
      `/api/v4/projects/shop%2Fdeploy/merge_requests/${number}/commits`,
    branches: '/api/v4/projects/shop%2Fdeploy/repository/branches',
    range: '/api/v4/projects/shop%2Fdeploy/repository/commits',
  },
  request: ({ number, state, branch, isFork }) => ({
    iid: number,
    title: `Update ${number}`,
    state: state === 'open' ? 'opened' : state,
    merged_at: state === 'merged' ? MERGED : null,
    updated_at: UPDATED,
    web_url: page(number),
    author: { username: 'jo' },
    source_branch: branch,
    target_branch: 'main',
    source_project_id: sameId(isFork),
    target_project_id: 1,
  }),
  list: all => all,
  ofCommit: list,
  branches: names => names.map(name => ({ name })),
  commit: (revision, message) => ({
    id: revision,
    author_name: 'Jo',
    author_email: 'jo@example.com',
    authored_date: AUTHORED,
    message,
  }),
  commits: list,
  range: list,
};

const gitea: RequestHost = {
  requests: giteaRequests,
  api: '',
  path: ['shop', 'deploy'],
  datesMerges: true,
  paths: {
    ofCommit: revision => `/api/v1/repos/shop/deploy/commits/${revision}/pull`,
    list: '/api/v1/repos/shop/deploy/pulls',
    commits: number => `/api/v1/repos/shop/deploy/pulls/${number}/commits`,
    branches: '/api/v1/repos/shop/deploy/branches',
    range: '/api/v1/repos/shop/deploy/commits',
  },
  request: ({ number, state, branch, isFork }) => ({
    number,
    title: `Update ${number}`,
    state: state === 'open' ? 'open' : 'closed',
    merged: state === 'merged',
    merged_at: state === 'merged' ? MERGED : null,
    updated_at: UPDATED,
    html_url: page(number),
    user: { login: 'jo' },
    head: { ref: branch, repo_id: sameId(isFork) },
    base: { ref: 'main', repo_id: 1 },
  }),
  list: all => all,
  ofCommit: ([first]) => first,
  branches: names => names.map(name => ({ name })),
  commit: restCommit,
  commits: list,
  range: list,
};

const bitbucketCloud: RequestHost = {
  requests: bitbucketCloudRequests,
  api: '/2.0',
  path: ['shop', 'deploy'],
  datesMerges: false,
  paths: {
    ofCommit: revision =>
      `/2.0/repositories/shop/deploy/commit/${revision}/pullrequests`,
    list: '/2.0/repositories/shop/deploy/pullrequests',
    one: number => `/2.0/repositories/shop/deploy/pullrequests/${number}`,
    commits: number =>
      `/2.0/repositories/shop/deploy/pullrequests/${number}/commits`,
    branches: '/2.0/repositories/shop/deploy/refs/branches',
    range: '/2.0/repositories/shop/deploy/commits',
  },
  request: ({ number, state, branch, isFork }) => ({
    id: number,
    title: `Update ${number}`,
    state: { open: 'OPEN', closed: 'DECLINED', merged: 'MERGED' }[state],
    updated_on: UPDATED,
    links: { html: { href: page(number) } },
    author: { display_name: 'jo' },
    source: {
      branch: { name: branch },
      repository: { full_name: isFork ? 'fork/deploy' : 'shop/deploy' },
    },
    destination: {
      branch: { name: 'main' },
      repository: { full_name: 'shop/deploy' },
    },
  }),
  list: values,
  ofCommit: values,
  branches: names => values(names.map(name => ({ name }))),
  commit: (revision, message) => ({
    hash: revision,
    author: { raw: 'Jo <jo@example.com>' },
    date: AUTHORED,
    message,
  }),
  commits: values,
  range: values,
};

const bitbucketServer: RequestHost = {
  requests: bitbucketServerRequests,
  api: '/rest/api/1.0',
  path: ['shop', 'deploy'],
  datesMerges: true,
  paths: {
    ofCommit: revision =>
      `/rest/api/1.0/projects/shop/repos/deploy/commits/${revision}/pull-requests`,
    list: '/rest/api/1.0/projects/shop/repos/deploy/pull-requests',
    commits: number =>
      `/rest/api/1.0/projects/shop/repos/deploy/pull-requests/${number}/commits`,
    branches: '/rest/api/1.0/projects/shop/repos/deploy/branches',
    range: '/rest/api/1.0/projects/shop/repos/deploy/commits',
  },
  request: ({ number, state, branch, isFork }) => ({
    id: number,
    title: `Update ${number}`,
    state: { open: 'OPEN', closed: 'DECLINED', merged: 'MERGED' }[state],
    ...(state !== 'open' && { closedDate: Date.parse(MERGED) }),
    updatedDate: Date.parse(UPDATED),
    links: { self: [{ href: page(number) }] },
    author: { user: { displayName: 'jo' } },
    fromRef: { displayId: branch, repository: { id: sameId(isFork) } },
    toRef: { displayId: 'main', repository: { id: 1 } },
  }),
  list: values,
  ofCommit: values,
  branches: names => values(names.map(name => ({ displayId: name }))),
  commit: (revision, message) => ({
    id: revision,
    author: { name: 'Jo', emailAddress: 'jo@example.com' },
    authorTimestamp: Date.parse(AUTHORED),
    message,
  }),
  commits: values,
  range: values,
};

export const REQUEST_HOSTS = {
  github,
  gitlab,
  gitea,
  bitbucketCloud,
  bitbucketServer,
};
