import { z } from 'zod';
import { restCommitSchema, toHistoryCommit } from './restCommit';
import {
  apiUrl,
  findByRange,
  type HostedRepository,
  type HostHistory,
  type ListRange,
  readPages,
} from './host';

const PAGE_SIZE = 50;

/**
 * Gitea and Forgejo
 * (https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetAllCommits). `not` leaves out what the earlier revision has; it works
 * with and without a path.
 */
export const giteaHistory: HostHistory = (repository, query) =>
  findByRange(giteaRange(repository), query);

/** The commits of a range. */
export function giteaRange(repository: HostedRepository): ListRange {
  const { http, headers, signal, path: repo } = repository;
  const [owner, name] = repo;
  return ({ from, to, path, limit }) =>
    readPages(limit, async page => {
      const { value, headers: answer } = await http.get(
        apiUrl(
          repository.apiUrl,
          ['api', 'v1', 'repos', owner, name, 'commits'],
          {
            sha: to,
            not: from,
            path,
            page,
            limit: Math.min(limit, PAGE_SIZE),
            stat: 'false',
            verification: 'false',
            files: 'false',
          },
        ),
        z.array(restCommitSchema),
        { headers, signal },
      );
      return {
        commits: value.map(toHistoryCommit),
        // The host may allow fewer a page than were asked for.
        isLast: answer.get('x-hasmore') !== 'true',
      };
    });
}
