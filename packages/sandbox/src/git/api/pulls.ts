import type { Router } from 'express';
import { z } from 'zod';
import { HttpError } from '../../http/messages';
import {
  bodyOf,
  onRepository,
  pageOf,
  queryText,
  signedInUser,
  type GitHostContext,
} from '../context';
import { type PullRequest, PullRequests } from '../repositories/PullRequests';
import type { HostedRepository } from '../repositories/Repositories';
import { listCommits } from './history';

/** The fields of Gitea's options that have an effect here. */
const openSchema = z.object({
  title: z.string().min(1).max(255),
  head: z.string().min(1),
  base: z.string().min(1),
});
const mergeSchema = z.object({ Do: z.literal('merge') });
const reviewSchema = z.object({
  event: z.enum(['APPROVED', 'REQUEST_CHANGES', 'COMMENT']),
});
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
  const respond = (repository: HostedRepository, pull?: PullRequest) => {
    if (!pull) {
      throw new HttpError(404, "The target couldn't be found.");
    }
    return toJson(repository, pull, baseUrl());
  };

  router.get(
    '/repos/:owner/:repo/branches',
    onRepository(context, async ({ gitDir }, req) => {
      const format = '--format=%(refname:lstrip=2) %(objectname)';
      const refs = await git.run(['for-each-ref', format, 'refs/heads'], {
        gitDir,
      });
      const branches = [...refs.toString().matchAll(/^(.+) (.+)$/gm)].map(
        ([, name, id]) => ({ name, commit: { id } }),
      );
      return pageOf(req, branches);
    }),
  );
  router.get(
    '/repos/:owner/:repo/pulls',
    onRepository(context, async (repository, req) => {
      const state = queryText(req, 'state') ?? 'open';
      const found = (await pulls.list(repository))
        .filter(pull => state === 'all' || pull.state === state)
        .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
      return pageOf(req, found).map(pull => respond(repository, pull));
    }),
  );
  router.post(
    '/repos/:owner/:repo/pulls',
    onRepository(context, async (repository, req, res) => {
      const { username: user } = signedInUser(context, req);
      const wanted = { ...bodyOf(openSchema, req), user };
      res.status(201);
      return respond(repository, await pulls.open(repository, wanted));
    }),
  );
  router.patch(
    '/repos/:owner/:repo/pulls/:index',
    onRepository(context, async (repository, req, res) => {
      signedInUser(context, req);
      bodyOf(editSchema, req);
      const pull = await pulls.close(repository, Number(req.params.index));
      res.status(201);
      return respond(repository, pull);
    }),
  );
  router.post(
    '/repos/:owner/:repo/pulls/:index/merge',
    onRepository(context, async (repository, req, res) => {
      signedInUser(context, req);
      bodyOf(mergeSchema, req);
      await pulls.merge(repository, Number(req.params.index));
      res.end();
    }),
  );
  router
    .route('/repos/:owner/:repo/pulls/:index/reviews')
    .get(
      onRepository(context, async (repository, req) => {
        const pull = await pulls.get(repository, Number(req.params.index));
        return pull.reviews.map(toReview);
      }),
    )
    .post(
      onRepository(context, async (repository, req) => {
        const { username: user } = signedInUser(context, req);
        const { event: state } = bodyOf(reviewSchema, req);
        const number = Number(req.params.index);
        const review = { user, state };
        const { reviews } = await pulls.review(repository, number, review);
        return toReview(review, reviews.length - 1);
      }),
    );
  router.get(
    '/repos/:owner/:repo/pulls/:index/commits',
    onRepository(context, async (repository, req) => {
      const range = await pulls.range(repository, Number(req.params.index));
      return listCommits(context, repository, range);
    }),
  );
  router.get(
    '/repos/:owner/:repo/pulls/:base/:head',
    onRepository(context, async (repository, req) => {
      const { base, head } = req.params;
      const found = (await pulls.list(repository)).find(
        pull => pull.base === base && pull.head === head,
      );
      return respond(repository, found);
    }),
  );
  router.get(
    '/repos/:owner/:repo/commits/:sha/pull',
    onRepository(context, async (repository, req) => {
      const found = (await pulls.list(repository)).find(
        ({ mergeCommit }) => mergeCommit === req.params.sha,
      );
      return respond(repository, found);
    }),
  );
}

/** The fields of Gitea's `PullReview` that its clients read. */
function toReview(
  { user, state }: PullRequest['reviews'][number],
  index: number,
) {
  return { id: index + 1, user: { login: user }, state, dismissed: false };
}

/** The fields of Gitea's `PullRequest` that its clients read. */
function toJson(
  { owner, name }: HostedRepository,
  pull: PullRequest,
  baseUrl: string,
) {
  const { number, title, user, state, head, base } = pull;
  return {
    number,
    title,
    user: { login: user },
    state,
    merged: pull.mergedAt !== undefined,
    merged_at: pull.mergedAt ?? null,
    updated_at: pull.updatedAt,
    html_url: `${baseUrl}/${owner}/${name}/pulls/${number}`,
    // Branches are always of this repository.
    head: { ref: head, repo_id: 1 },
    base: { ref: base, repo_id: 1 },
  };
}
