import type { HistoryCommit } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import {
  apiUrl,
  type HostedRepository,
  type HostHistory,
  MAX_COMMITS,
} from './host';
import { restCommitSchema, toHistoryCommit } from './restCommit';
import type { CommitsBetween, CommitsQuery } from './types';

const PAGE_SIZE = 100;
/** A path may have commits of other branches between those of the range. */
const MAX_PATH_PAGES = 5;
const MAX_PATHS = 8;

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const compareSchema = z.object({
  status: z.enum(['ahead', 'behind', 'diverged', 'identical']),
  total_commits: z.number(),
  commits: z.array(restCommitSchema),
});

/**
 * GitHub, which can't list a path within a range: the range comes from a
 * comparison, and then each path's commits are looked up in it.
 */
export const githubHistory: HostHistory = async (repository, query) => {
  const compared = await compare(repository, query);
  if ('kind' in compared) {
    return compared;
  }
  const { commits, since } = compared;
  const { paths } = query;
  if (paths.length === 0 || paths.length > MAX_PATHS || commits.length === 0) {
    return { kind: 'exact', commits };
  }
  const inRange = new Set(commits.map(({ revision }) => revision));
  const touching = new Set<string>();
  for (const path of paths) {
    const isWhole = await addTouching(repository, {
      sha: query.to,
      path,
      since,
      inRange,
      touching,
    });
    if (!isWhole) {
      return { kind: 'contained', reason: 'too-many' };
    }
  }
  return {
    kind: 'exact',
    commits: commits.filter(({ revision }) => touching.has(revision)),
  };
};

/** All commits of the range, oldest first, and when the first was committed. */
async function compare(
  {
    http,
    headers,
    signal,
    path: [owner, name],
    ...repository
  }: HostedRepository,
  { from, to }: CommitsQuery,
): Promise<CommitsBetween | { commits: HistoryCommit[]; since?: string }> {
  const commits: HistoryCommit[] = [];
  const times: string[] = [];
  for (let page = 1; ; page++) {
    const { value } = await http.get(
      apiUrl(
        repository.apiUrl,
        ['repos', owner, name, 'compare', `${from}...${to}`],
        { page, per_page: PAGE_SIZE },
      ),
      compareSchema,
      { headers, signal },
    );
    if (value.status === 'behind' || value.status === 'diverged') {
      return { kind: 'contained', reason: 'rewritten' };
    }
    if (value.total_commits > MAX_COMMITS) {
      return { kind: 'contained', reason: 'too-many' };
    }
    for (const one of value.commits) {
      commits.push(toHistoryCommit(one));
      times.push(one.commit.committer?.date ?? one.commit.author.date);
    }
    if (commits.length >= value.total_commits || value.commits.length === 0) {
      const [since] = times.toSorted();
      return { commits, ...(since && { since }) };
    }
  }
}

/**
 * Adds the commits of the range that touch a path.
 *
 * @returns false if there may be more than were read
 */
async function addTouching(
  {
    http,
    headers,
    signal,
    path: [owner, name],
    ...repository
  }: HostedRepository,
  options: {
    sha: string;
    path: string;
    since: string | undefined;
    inRange: Set<string>;
    touching: Set<string>;
  },
): Promise<boolean> {
  const { sha, path, since, inRange, touching } = options;
  for (let page = 1; page <= MAX_PATH_PAGES; page++) {
    const { value } = await http.get(
      apiUrl(repository.apiUrl, ['repos', owner, name, 'commits'], {
        sha,
        path,
        since,
        page,
        per_page: PAGE_SIZE,
      }),
      z.array(restCommitSchema),
      { headers, signal },
    );
    for (const { sha: revision } of value) {
      if (inRange.has(revision)) {
        touching.add(revision);
      }
    }
    if (value.length < PAGE_SIZE) {
      return true;
    }
  }
  return false;
}
