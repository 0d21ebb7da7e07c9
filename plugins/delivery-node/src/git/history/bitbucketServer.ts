import { z } from 'zod';
import {
  apiUrl,
  findByRange,
  type HostedRepository,
  type HostHistory,
  type ListRange,
  readPages,
  toAuthor,
} from './host';

const PAGE_SIZE = 100;

/**
 * https://developer.atlassian.com/server/bitbucket/rest/v906/api-group-repository/#api-api-latest-projects-projectkey-repos-repositoryslug-commits-get
 */
export const bitbucketServerCommitsSchema = z.object({
  isLastPage: z.boolean(),
  values: z.array(
    z
      .object({
        id: z.string(),
        author: z.object({
          name: z.string(),
          emailAddress: z.string().nullish(),
        }),
        authorTimestamp: z.number(),
        message: z.string(),
      })
      .transform(({ id, author, authorTimestamp, message }) => ({
        revision: id,
        author: toAuthor(author.name, author.emailAddress ?? undefined),
        date: new Date(authorTimestamp).toISOString(),
        message,
      })),
  ),
});

/** Bitbucket Server and Data Center. */
export const bitbucketServerHistory: HostHistory = (repository, query) =>
  findByRange(bitbucketServerRange(repository), query);

/** The commits of a range. */
export function bitbucketServerRange(repository: HostedRepository): ListRange {
  const { http, headers, signal, path: repo } = repository;
  const [project, slug] = repo;
  return ({ from, to, path, limit }) => {
    const size = Math.min(limit, PAGE_SIZE);
    return readPages(limit, async page => {
      const { value } = await http.get(
        apiUrl(
          repository.apiUrl,
          ['projects', project, 'repos', slug, 'commits'],
          {
            since: from,
            until: to,
            path,
            start: (page - 1) * size,
            limit: size,
          },
        ),
        bitbucketServerCommitsSchema,
        { headers, signal },
      );
      return { commits: value.values, isLast: value.isLastPage };
    });
  };
}
