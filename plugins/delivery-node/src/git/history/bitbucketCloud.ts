import type { HistoryCommit } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { HistoryError } from './HistoryError';
import {
  apiUrl,
  findByRange,
  type HostedRepository,
  type HostHistory,
  type ListRange,
} from './host';

const PAGE_SIZE = 100;

/**
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commits/#api-repositories-workspace-repo-slug-commits-get.
 * Its dates are those of the commit, not of the author.
 */
export const bitbucketCloudCommitsSchema = z.object({
  next: z.url().optional(),
  values: z.array(
    z
      .object({
        hash: z.string(),
        author: z.object({ raw: z.string() }),
        date: z.iso.datetime({ offset: true }),
        message: z.string(),
      })
      .transform(({ hash, author, date, message }) => ({
        revision: hash,
        author: author.raw,
        date: new Date(date).toISOString(),
        message,
      })),
  ),
});

/** Bitbucket Cloud, whose pages link to the next one. */
export const bitbucketCloudHistory: HostHistory = (repository, query) =>
  findByRange(bitbucketCloudRange(repository), query);

/** The commits of a range. */
export function bitbucketCloudRange(repository: HostedRepository): ListRange {
  const { http, headers, signal, path: repo } = repository;
  const [workspace, slug] = repo;
  return async ({ from, to, path, limit }) => {
    const found: HistoryCommit[] = [];
    let url: URL | undefined = apiUrl(
      repository.apiUrl,
      ['repositories', workspace, slug, 'commits'],
      {
        include: to,
        exclude: from,
        path,
        pagelen: Math.min(limit, PAGE_SIZE),
      },
    );
    const { origin } = url;
    while (url && found.length < limit) {
      const { value }: { value: z.infer<typeof bitbucketCloudCommitsSchema> } =
        await http.get(url, bitbucketCloudCommitsSchema, { headers, signal });
      found.push(...value.values);
      url = value.next === undefined ? undefined : new URL(value.next);
      if (url && url.origin !== origin) {
        throw new HistoryError(
          'unexpected',
          `${origin} continues its list at ${url.origin}, which isn't the configured host`,
        );
      }
    }
    return found;
  };
}
