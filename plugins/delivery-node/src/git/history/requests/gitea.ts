import { z } from 'zod';
import { giteaRange } from '../gitea';
import { HistoryError } from '../HistoryError';
import { apiUrl, type HostedRepository } from '../host';
import { restCommitSchema, toHistoryCommit } from '../restCommit';
import { isApproved, type Review } from './approval';
import { pageSchema, timeSchema, titleSchema } from './schema';
import type { HostRequests } from './types';

const PAGE_SIZE = 50;
/** Branches can't be searched by name. */
const MAX_BRANCH_PAGES = 10;

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListPullRequests */
const pullSchema = z
  .object({
    number: z.int(),
    title: titleSchema,
    state: z.enum(['open', 'closed']),
    merged: z.boolean(),
    merged_at: timeSchema.nullish(),
    updated_at: timeSchema,
    html_url: pageSchema,
    user: z.object({ login: z.string() }).nullish(),
    head: z.object({ ref: z.string(), repo_id: z.int() }),
    base: z.object({ ref: z.string(), repo_id: z.int() }),
  })
  .transform(({ number, title, state, merged, user, head, base, ...pull }) => ({
    url: pull.html_url,
    number,
    title,
    state: merged ? ('merged' as const) : state,
    ...(user && { author: user.login }),
    ...(merged && pull.merged_at && { mergedAt: pull.merged_at }),
    updatedAt: pull.updated_at,
    branch: head.ref,
    base: base.ref,
    isFork: head.repo_id !== base.repo_id,
  }));

const DECISIONS: Record<string, Review['decision']> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes-requested',
};

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListPullReviews */
const reviewSchema = z
  .object({
    user: z.object({ login: z.string() }).nullish(),
    state: z.string(),
    dismissed: z.boolean().nullish(),
  })
  .transform(({ user, state, dismissed }): Review => {
    const decision = DECISIONS[state] ?? 'none';
    return {
      reviewer: user?.login ?? '',
      decision: dismissed && decision !== 'none' ? 'withdrawn' : decision,
    };
  });

/**
 * Pull requests of Gitea and Forgejo. Of a commit, they only know the request
 * whose merge made it: as a squash, or as a merge commit.
 */
export const giteaRequests: HostRequests = {
  async ofCommit(repository, revision) {
    try {
      const { value } = await get(
        repository,
        ['commits', revision, 'pull'],
        {},
        pullSchema,
      );
      return [value];
    } catch (error) {
      // So it answers if no request made the commit.
      if (error instanceof HistoryError && error.reason === 'not-found') {
        return [];
      }
      throw error;
    }
  },
  async latest(repository, base) {
    const { value } = await get(
      repository,
      ['pulls'],
      { state: 'all', sort: 'recentupdate', limit: PAGE_SIZE },
      z.array(pullSchema),
    );
    return value.filter(pull => base === undefined || pull.base === base);
  },
  async commits(repository, number) {
    const { value } = await get(
      repository,
      ['pulls', String(number), 'commits'],
      { limit: PAGE_SIZE, verification: 'false', files: 'false' },
      z.array(restCommitSchema),
    );
    return value.map(toHistoryCommit);
  },
  async ofBranch(repository, { branch, base }) {
    try {
      const { value } = await get(
        repository,
        ['pulls', base, branch],
        {},
        pullSchema,
      );
      return value;
    } catch (error) {
      if (error instanceof HistoryError && error.reason === 'not-found') {
        return undefined;
      }
      throw error;
    }
  },
  async approved(repository, number) {
    const { value } = await get(
      repository,
      ['pulls', String(number), 'reviews'],
      { limit: PAGE_SIZE },
      z.array(reviewSchema),
    );
    return isApproved(value);
  },
  async open(repository, { branch, base, title, description }) {
    const { value } = await post(
      repository,
      ['pulls'],
      { title, head: branch, base, body: description },
      pullSchema,
    );
    return value;
  },
  async branches(repository) {
    const names: string[] = [];
    for (let page = 1; page <= MAX_BRANCH_PAGES; page++) {
      const { value } = await get(
        repository,
        ['branches'],
        { page, limit: PAGE_SIZE },
        z.array(z.object({ name: z.string() })),
      );
      names.push(...value.map(({ name }) => name));
      if (value.length < PAGE_SIZE) {
        break;
      }
    }
    return names;
  },
  range: giteaRange,
};

function get<T>(
  { http, headers, signal, path, ...repository }: HostedRepository,
  below: string[],
  query: Record<string, string | number | undefined>,
  schema: z.ZodType<T>,
) {
  const [owner, name] = path;
  return http.get(
    apiUrl(
      repository.apiUrl,
      ['api', 'v1', 'repos', owner, name, ...below],
      query,
    ),
    schema,
    { headers, signal },
  );
}

function post<T>(
  { http, headers, signal, path, ...repository }: HostedRepository,
  below: string[],
  body: object,
  schema: z.ZodType<T>,
) {
  const [owner, name] = path;
  return http.post(
    apiUrl(
      repository.apiUrl,
      ['api', 'v1', 'repos', owner, name, ...below],
      {},
    ),
    schema,
    { headers, signal, body },
  );
}
