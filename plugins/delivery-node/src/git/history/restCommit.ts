import type { HistoryCommit } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { toAuthor } from './host';

/**
 * A commit, as the APIs of GitHub
 * (https://docs.github.com/en/rest/commits/commits#list-commits) and Gitea
 * describe it.
 */
export const restCommitSchema = z.object({
  sha: z.string(),
  commit: z.object({
    author: z.object({
      name: z.string(),
      email: z.string().nullish(),
      date: z.iso.datetime({ offset: true }),
    }),
    committer: z.object({ date: z.iso.datetime({ offset: true }) }).nullish(),
    message: z.string(),
  }),
});

export function toHistoryCommit({
  sha,
  commit: { author, message },
}: z.infer<typeof restCommitSchema>): HistoryCommit {
  return {
    revision: sha,
    author: toAuthor(author.name, author.email ?? undefined),
    date: new Date(author.date).toISOString(),
    message,
  };
}
