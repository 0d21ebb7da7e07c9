import { z } from 'zod';
import { apiUrl, type HostedRepository } from '../host';
import { restCommitSchema, toHistoryCommit } from '../restCommit';
import { isApproved, type Review } from './approval';
import { pageSchema, timeSchema, titleSchema } from './schema';
import type { HostRequests } from './types';

const PAGE_SIZE = 50;
const COMMITS = 100;

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests */
const pullSchema = z
  .object({
    number: z.int(),
    title: titleSchema,
    state: z.enum(['open', 'closed']),
    merged_at: timeSchema.nullish(),
    updated_at: timeSchema,
    html_url: pageSchema,
    user: z.object({ login: z.string() }).nullish(),
    head: z.object({
      ref: z.string(),
      // Null once the fork is deleted.
      repo: z.object({ id: z.int() }).nullish(),
    }),
    base: z.object({ ref: z.string(), repo: z.object({ id: z.int() }) }),
  })
  .transform(({ number, title, state, user, head, base, ...pull }) => ({
    url: pull.html_url,
    number,
    title,
    state: pull.merged_at ? ('merged' as const) : state,
    ...(user && { author: user.login }),
    ...(pull.merged_at && { mergedAt: pull.merged_at }),
    updatedAt: pull.updated_at,
    branch: head.ref,
    base: base.ref,
    isFork: head.repo?.id !== base.repo.id,
  }));

const DECISIONS: Record<string, Review['decision']> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'withdrawn',
};

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request */
const reviewSchema = z
  .object({
    // Null once the account is deleted.
    user: z.object({ login: z.string() }).nullish(),
    state: z.string(),
  })
  .transform(
    ({ user, state }): Review => ({
      reviewer: user?.login ?? '',
      decision: DECISIONS[state] ?? 'none',
    }),
  );

/** https://docs.github.com/en/rest/git/refs#list-matching-references */
const refSchema = z.object({ ref: z.string() });

/** Pull requests of GitHub. */
export const githubRequests: HostRequests = {
  async ofCommit(repository, revision) {
    const { value } = await get(
      repository,
      ['commits', revision, 'pulls'],
      { per_page: PAGE_SIZE },
      z.array(pullSchema),
    );
    return value;
  },
  async latest(repository, base) {
    const { value } = await get(
      repository,
      ['pulls'],
      {
        state: 'all',
        base,
        sort: 'updated',
        direction: 'desc',
        per_page: PAGE_SIZE,
      },
      z.array(pullSchema),
    );
    return value;
  },
  async commits(repository, number) {
    const { value } = await get(
      repository,
      ['pulls', String(number), 'commits'],
      { per_page: COMMITS },
      z.array(restCommitSchema),
    );
    return value.map(toHistoryCommit);
  },
  async ofBranch(repository, { branch, base }) {
    const [owner] = repository.path;
    const { value } = await get(
      repository,
      ['pulls'],
      {
        state: 'all',
        head: `${owner}:${branch}`,
        base,
        sort: 'created',
        direction: 'desc',
        per_page: 1,
      },
      z.array(pullSchema),
    );
    return value.at(0);
  },
  async approved(repository, number) {
    const { value } = await get(
      repository,
      ['pulls', String(number), 'reviews'],
      { per_page: COMMITS },
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
  async branches(repository, prefix) {
    const { value } = await get(
      repository,
      ['git', 'matching-refs', 'heads', ...prefix.split('/')],
      { per_page: COMMITS },
      z.array(refSchema),
    );
    return value.map(({ ref }) => ref.replace(/^refs\/heads\//, ''));
  },
  range:
    repository =>
    async ({ from, to }) => {
      const { value } = await get(
        repository,
        ['compare', `${from}...${to}`],
        { per_page: COMMITS },
        z.object({ commits: z.array(restCommitSchema) }),
      );
      return value.commits.map(toHistoryCommit).toReversed();
    },
};

function get<T>(
  { http, headers, signal, path, ...repository }: HostedRepository,
  below: string[],
  query: Record<string, string | number | undefined>,
  schema: z.ZodType<T>,
) {
  const [owner, name] = path;
  return http.get(
    apiUrl(repository.apiUrl, ['repos', owner, name, ...below], query),
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
    apiUrl(repository.apiUrl, ['repos', owner, name, ...below], {}),
    schema,
    { headers, signal, body },
  );
}
