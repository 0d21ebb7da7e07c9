import {
  branchPrefix,
  isBranchOf,
  type MergeRequest,
  type Proposal,
  type WriteBranch,
} from '@landfall/backstage-plugin-delivery-common';
import { HistoryError } from '../HistoryError';
import type { HostedRepository } from '../host';
import type { ProposalsFound, RequestOfCommit } from '../types';
import type { BranchRequest, HostRequests } from './types';

/** Each of these costs a request; the latest come first. */
const MAX_REQUESTS = 10;
const MAX_BRANCHES = 10;
/** Per branch without a merge request. */
const MAX_COMMITS = 20;

/** The merge request by which a commit came. */
export async function findRequestOf(
  host: HostRequests,
  repository: HostedRepository,
  revision: string,
): Promise<RequestOfCommit> {
  const found = await host.ofCommit(repository, revision);
  const [merged] = found
    .filter(({ state }) => state === 'merged')
    .sort((a, b) => Date.parse(mergedAt(a)) - Date.parse(mergedAt(b)));
  const request = merged ?? found.find(({ state }) => state === 'open');
  return request
    ? { kind: 'found', request: plain(request) }
    : { kind: 'none' };
}

function mergedAt({ mergedAt: at, updatedAt }: MergeRequest): string {
  return at ?? updatedAt;
}

/** The commits on branches that somebody must merge, and their requests. */
export async function findProposals(
  host: HostRequests,
  repository: HostedRepository,
  { base, template }: WriteBranch,
): Promise<ProposalsFound> {
  const latest = await host.latest(repository, base || undefined);
  const requests = latest
    .filter(({ branch, isFork }) => !isFork && isBranchOf(template, branch))
    .slice(0, MAX_REQUESTS);
  const proposals: Proposal[] = [];
  for (const request of requests) {
    for (const commit of await host.commits(repository, request.number)) {
      proposals.push({
        branch: request.branch,
        base: request.base,
        commit,
        request: plain(request),
      });
    }
  }
  // A branch may be used again after its request was merged or closed.
  const open = requests.filter(({ state }) => state === 'open');
  const names = (await host.branches(repository, branchPrefix(template)))
    .filter(name => isBranchOf(template, name))
    .filter(name => !open.some(({ branch }) => branch === name))
    .slice(-MAX_BRANCHES);
  const known = new Set(proposals.map(({ commit }) => commit.revision));
  for (const branch of names) {
    const commits = await commitsOn(host, repository, { branch, base });
    proposals.push(
      ...commits
        .filter(({ revision }) => !known.has(revision))
        .map(commit => ({ branch, base: base || 'HEAD', commit })),
    );
  }
  return { kind: 'found', proposals };
}

/** Empty if the branch was deleted in the meantime. */
async function commitsOn(
  host: HostRequests,
  repository: HostedRepository,
  { branch, base }: { branch: string; base: string },
) {
  const from = base || 'HEAD';
  if (branch === from) {
    return [];
  }
  try {
    return await host.range(repository)({
      from,
      to: branch,
      limit: MAX_COMMITS,
    });
  } catch (error) {
    if (error instanceof HistoryError && error.reason === 'not-found') {
      return [];
    }
    throw error;
  }
}

/** Without what only the search needs. */
function plain(found: MergeRequest | BranchRequest): MergeRequest {
  const { url, number, title, state, author, mergedAt: at, updatedAt } = found;
  return {
    url,
    number,
    title,
    state,
    ...(author && { author }),
    ...(at && { mergedAt: at }),
    updatedAt,
  };
}
