import type { Router } from 'express';
import {
  onRepository,
  pagingOf,
  queryText,
  type GitHostContext,
} from '../context';
import { parseRepositoryPath } from '../names';
import { requireCommit } from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';

/** Gitea's page size for commits, which is also the largest. */
const LIMITS = { fallback: 50, most: 50 };
/** Fields end with NUL, which no commit contains. */
const FIELDS = '%H %P %an %ae %aI %cn %ce %cI %B'.split(' ');

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
  const { git, repositories } = context;

  router.get(
    '/repos/:owner/:repo/commits',
    onRepository(context, async (repository, req, res) => {
      const { gitDir } = repository;
      const { branch } = await repositories.head(repository);
      const sha = queryText(req, 'sha') ?? branch;
      const not = queryText(req, 'not');
      const path = queryText(req, 'path');
      const range = [
        await requireCommit(git, gitDir, sha),
        ...(not ? [`^${await requireCommit(git, gitDir, not)}`] : []),
        '--',
        ...(path ? [parseRepositoryPath(path).join('/')] : []),
      ];
      const { skip, limit } = pagingOf(req, LIMITS);
      const total = Number(
        await git.run(['rev-list', '--count', ...range], optionsOf(repository)),
      );
      const commits = await listCommits(context, repository, [
        `--max-count=${limit}`,
        `--skip=${skip}`,
        ...range,
      ]);
      res.setHeader('x-total-count', total);
      res.setHeader('x-hasmore', String(skip + limit < total));
      return commits;
    }),
  );
}

function optionsOf({ gitDir }: HostedRepository) {
  // A path is a name, not a pattern.
  return { gitDir, env: { GIT_LITERAL_PATHSPECS: '1' } };
}

/** Commits as Gitea describes them, by arguments of `git log`. */
export async function listCommits(
  { git, baseUrl }: GitHostContext,
  repository: HostedRepository,
  range: readonly string[],
) {
  const log = await git.run(
    ['log', '-z', `--format=${FIELDS.join('%x00')}`, ...range],
    optionsOf(repository),
  );
  const { owner, name } = repository;
  return toCommits(log.toString(), `${baseUrl()}/${owner}/${name}`);
}

/** The commits in git's output, with the fields that Gitea's clients read. */
function toCommits(log: string, repositoryUrl: string) {
  const texts = log.split('\0');
  const count = Math.floor(texts.length / FIELDS.length);
  return Array.from({ length: count }, (_, at) => {
    const [sha, parents, name, email, date, ...rest] = texts.slice(
      at * FIELDS.length,
      (at + 1) * FIELDS.length,
    );
    const [committerName, committerEmail, committedAt, message] = rest;
    const committer = {
      name: committerName,
      email: committerEmail,
      date: committedAt,
    };
    return {
      sha,
      created: committedAt,
      html_url: `${repositoryUrl}/commit/${sha}`,
      commit: { author: { name, email, date }, committer, message },
      parents: parents
        .split(' ')
        .filter(Boolean)
        .map(parent => ({ sha: parent })),
    };
  });
}
