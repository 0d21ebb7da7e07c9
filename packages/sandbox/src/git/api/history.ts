import type { Router } from 'express';
import {
  onRepository,
  pagingOf,
  queryText,
  type GitHostContext,
} from '../context';
import { parseRepositoryPath } from '../names';
import { requireCommit } from '../repositories/objects';
import {
  DEFAULT_BRANCH,
  type HostedRepository,
} from '../repositories/Repositories';

/** Fields end with NUL, which no commit contains. */
const FIELDS = '%H %an %ae %aI %cI %B'.split(' ');

/**
 * Gitea's list of commits
 * (https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetAllCommits):
 * those of a revision (`sha`) that touch a `path` and that another revision
 * (`not`) doesn't have, newest first.
 */
export function registerHistoryRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { git } = context;

  router.get(
    '/repos/:owner/:repo/commits',
    onRepository(context, async (repository, req, res) => {
      const { gitDir } = repository;
      const sha = queryText(req, 'sha') ?? DEFAULT_BRANCH;
      const not = queryText(req, 'not');
      const path = queryText(req, 'path');
      const range = [
        await requireCommit(git, gitDir, sha),
        ...(not ? [`^${await requireCommit(git, gitDir, not)}`] : []),
        '--',
        ...(path ? [parseRepositoryPath(path).join('/')] : []),
      ];
      const { skip, limit } = pagingOf(req);
      const commits = await listCommits(context, repository, [
        `--max-count=${limit + 1}`,
        `--skip=${skip}`,
        ...range,
      ]);
      res.setHeader('x-hasmore', String(commits.length > limit));
      return commits.slice(0, limit);
    }),
  );
}

/** Commits as Gitea describes them, by arguments of `git log`. */
export async function listCommits(
  { git }: GitHostContext,
  { gitDir }: HostedRepository,
  range: readonly string[],
) {
  const log = await git.run(
    ['log', '-z', `--format=${FIELDS.join('%x00')}`, ...range],
    // A path is a name, not a pattern.
    { gitDir, env: { GIT_LITERAL_PATHSPECS: '1' } },
  );
  const texts = log.toString().split('\0');
  const count = Math.floor(texts.length / FIELDS.length);
  return Array.from({ length: count }, (_, at) => {
    const [sha, name, email, date, committed, message] = texts.slice(
      at * FIELDS.length,
      (at + 1) * FIELDS.length,
    );
    const author = { name, email, date };
    return { sha, commit: { author, committer: { date: committed }, message } };
  });
}
