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

/** https://docs.gitlab.com/api/commits/#list-repository-commits */
export const gitlabCommitSchema = z
  .object({
    id: z.string(),
    author_name: z.string(),
    author_email: z.string().nullish(),
    authored_date: z.iso.datetime({ offset: true }),
    message: z.string(),
  })
  .transform(({ id, author_name: name, author_email: email, ...commit }) => ({
    revision: id,
    author: toAuthor(name, email ?? undefined),
    date: new Date(commit.authored_date).toISOString(),
    message: commit.message,
  }));

/** GitLab, whose `ref_name` can be a range of revisions. */
export const gitlabHistory: HostHistory = (repository, query) =>
  findByRange(gitlabRange(repository), query);

/** The commits of a range. */
export function gitlabRange(repository: HostedRepository): ListRange {
  const { http, headers, signal, path: project } = repository;
  return ({ from, to, path, limit }) =>
    readPages(limit, async page => {
      const { value, headers: answer } = await http.get(
        apiUrl(
          repository.apiUrl,
          ['projects', project.join('/'), 'repository', 'commits'],
          {
            ref_name: `${from}..${to}`,
            path,
            page,
            per_page: Math.min(limit, PAGE_SIZE),
          },
        ),
        z.array(gitlabCommitSchema),
        { headers, signal },
      );
      return { commits: value, isLast: !answer.get('x-next-page') };
    });
}
