import type { Request, Router } from 'express';
import { z } from 'zod';
import { HttpError } from '../../http/messages';
import {
  handler,
  pagingOf,
  queryText,
  repositoryOf,
  signedInUser,
  type GitHostContext,
} from '../context';
import { type PullRequest, PullRequests } from '../repositories/PullRequests';
import type { HostedRepository } from '../repositories/Repositories';
import { listCommits } from './history';

/** Gitea's page size, which is also the largest. */
const LIMITS = { fallback: 50, most: 50 };

/** The fields of Gitea's options that have an effect here. */
const openSchema = z.object({
  title: z.string().min(1).max(255),
  body: z.string().default(''),
  head: z.string().min(1),
  base: z.string().min(1),
});
const mergeSchema = z.object({ Do: z.enum(['merge', 'squash']) });
const editSchema = z.object({ state: z.literal('closed') });

/**
 * Gitea's pull requests within one repository, and its branches
 * (https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListPullRequests).
 */
export function registerPullRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { git, baseUrl } = context;
  const pulls = new PullRequests(git);
  const respond = (repository: HostedRepository, pull: PullRequest) =>
    toJson(repository, pull, baseUrl());

  router.get(
    '/repos/:owner/:repo/branches',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const refs = await git.run(
        [
          'for-each-ref',
          '--format=%(refname:lstrip=2) %(objectname)',
          'refs/heads',
        ],
        { gitDir: repository.gitDir },
      );
      const branches = refs
        .toString()
        .split('\n')
        .filter(line => line !== '')
        .map(line => line.split(' '))
        .map(([name, id]) => ({ name, commit: { id } }));
      res.json(pageOf(req, branches));
    }),
  );
  router.get(
    '/repos/:owner/:repo/pulls',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const state = queryText(req, 'state') ?? 'open';
      const found = (await pulls.list(repository))
        .filter(pull => state === 'all' || pull.state === state)
        .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
      res.json(pageOf(req, found).map(pull => respond(repository, pull)));
    }),
  );
  router.post(
    '/repos/:owner/:repo/pulls',
    handler(async (req, res) => {
      const { username } = signedInUser(context, req);
      const repository = await repositoryOf(context, req);
      const wanted = parsed(openSchema, req);
      const pull = await pulls.open(repository, { ...wanted, user: username });
      res.status(201).json(respond(repository, pull));
    }),
  );
  router.patch(
    '/repos/:owner/:repo/pulls/:index',
    handler(async (req, res) => {
      signedInUser(context, req);
      const repository = await repositoryOf(context, req);
      parsed(editSchema, req);
      const pull = await pulls.close(repository, Number(req.params.index));
      res.status(201).json(respond(repository, pull));
    }),
  );
  router.post(
    '/repos/:owner/:repo/pulls/:index/merge',
    handler(async (req, res) => {
      signedInUser(context, req);
      const repository = await repositoryOf(context, req);
      const { Do: style } = parsed(mergeSchema, req);
      await pulls.merge(repository, Number(req.params.index), style);
      res.status(200).end();
    }),
  );
  router.get(
    '/repos/:owner/:repo/pulls/:index/commits',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const range = await pulls.range(repository, Number(req.params.index));
      res.json(await listCommits(context, repository, range));
    }),
  );
  router.get(
    '/repos/:owner/:repo/pulls/:base/:head',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const { base, head } = req.params;
      const found = (await pulls.list(repository)).find(
        pull => pull.base === base && pull.head === head,
      );
      if (!found) {
        throw new HttpError(404, "The target couldn't be found.");
      }
      res.json(respond(repository, found));
    }),
  );
  router.get(
    '/repos/:owner/:repo/commits/:sha/pull',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const found = (await pulls.list(repository)).find(
        ({ mergeCommit }) => mergeCommit === req.params.sha,
      );
      if (!found) {
        throw new HttpError(404, "The target couldn't be found.");
      }
      res.json(respond(repository, found));
    }),
  );
}

function parsed<T>(schema: z.ZodType<T>, { body }: Request): T {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new HttpError(422, z.prettifyError(result.error));
  }
  return result.data;
}

function pageOf<T>(req: Request, all: T[]): T[] {
  const { page, limit } = pagingOf(req, LIMITS);
  return all.slice((page - 1) * limit, page * limit);
}

/** The fields of Gitea's `PullRequest` that its clients read. */
function toJson(
  { owner, name }: HostedRepository,
  pull: PullRequest,
  baseUrl: string,
) {
  const { number, title, body, user, state, head, base } = pull;
  const sideOf = (ref: string) => ({
    ref,
    label: ref,
    // Branches are always of this repository.
    repo_id: 1,
    repo: { full_name: `${owner}/${name}` },
  });
  return {
    id: number,
    number,
    title,
    body,
    user: { login: user },
    state,
    merged: pull.mergedAt !== undefined,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommit ?? null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    html_url: `${baseUrl}/${owner}/${name}/pulls/${number}`,
    head: { ...sideOf(head), sha: pull.headCommit },
    base: sideOf(base),
  };
}
