import type { Router } from 'express';
import {
  handler,
  queryNumber,
  queryText,
  repositoryOf,
  type GitHostContext,
} from '../http';
import { GitHostError, parseRepositoryPath } from '../names';
import { resolveCommit } from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';

/** Gitea's defaults for lists of commits. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 50;
/** Fields end with NUL, which no commit contains. */
const FIELDS = [
  '%H',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%B',
] as const;

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
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const { defaultBranch } = await repositories.details(repository);
      const commitOf = async (ref: string) => {
        const id = await resolveCommit(git, repository.gitDir, ref);
        if (!id) {
          throw new GitHostError(404, `object does not exist [id: ${ref}]`);
        }
        return id;
      };
      const tip = await commitOf(queryText(req, 'sha') ?? defaultBranch);
      const not = queryText(req, 'not');
      const path = queryText(req, 'path');
      const range = [
        tip,
        ...(not ? [`^${await commitOf(not)}`] : []),
        '--',
        ...(path ? [parseRepositoryPath(path).join('/')] : []),
      ];
      const limit = Math.min(
        queryNumber(req, 'limit') ?? DEFAULT_LIMIT,
        MAX_LIMIT,
      );
      const page = queryNumber(req, 'page') ?? 1;
      const options = optionsOf(repository);
      const total = Number(
        await git.run(['rev-list', '--count', ...range], options),
      );
      const commits = await listCommits(context, repository, [
        `--max-count=${limit}`,
        `--skip=${(page - 1) * limit}`,
        ...range,
      ]);
      res.setHeader('x-page', page);
      res.setHeader('x-perpage', limit);
      res.setHeader('x-total', total);
      res.setHeader('x-total-count', total);
      res.setHeader('x-pagecount', Math.ceil(total / limit));
      res.setHeader('x-hasmore', String(page * limit < total));
      res.json(commits);
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
  return toCommits(log.toString(), repository, baseUrl());
}

function toCommits(
  log: string,
  { owner, name }: HostedRepository,
  baseUrl: string,
) {
  const texts = log.split('\0');
  const commits = [];
  for (let at = 0; at + FIELDS.length <= texts.length; at += FIELDS.length) {
    const [
      sha,
      parents,
      authorName,
      authorEmail,
      authoredAt,
      committerName,
      committerEmail,
      committedAt,
      message,
    ] = texts.slice(at, at + FIELDS.length);
    const api = `${baseUrl}/api/v1/repos/${owner}/${name}/git/commits/`;
    const page = `${baseUrl}/${owner}/${name}/commit/`;
    commits.push({
      url: `${api}${sha}`,
      sha,
      created: committedAt,
      html_url: `${page}${sha}`,
      commit: {
        url: `${api}${sha}`,
        author: { name: authorName, email: authorEmail, date: authoredAt },
        committer: {
          name: committerName,
          email: committerEmail,
          date: committedAt,
        },
        message,
      },
      author: null,
      committer: null,
      parents: parents
        .split(' ')
        .filter(Boolean)
        .map(parent => ({
          url: `${api}${parent}`,
          sha: parent,
          html_url: `${page}${parent}`,
        })),
    });
  }
  return commits;
}
