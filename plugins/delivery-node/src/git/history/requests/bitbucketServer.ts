import { z } from 'zod';
import {
  bitbucketServerCommitsSchema,
  bitbucketServerRange,
} from '../bitbucketServer';
import { apiUrl, type HostedRepository } from '../host';
import { isApproved, type Review } from './approval';
import { pageSchema, titleSchema } from './schema';
import type { HostRequests } from './types';

const PAGE_SIZE = 50;
const STATES = {
  OPEN: 'open',
  MERGED: 'merged',
  DECLINED: 'closed',
} as const;

const timeSchema = z.number().transform(ms => new Date(ms).toISOString());
const sideSchema = z.object({
  displayId: z.string(),
  repository: z.object({ id: z.int() }),
});

/**
 * https://developer.atlassian.com/server/bitbucket/rest/v906/api-group-pull-requests/
 */
const pullSchema = z
  .object({
    id: z.int(),
    title: titleSchema,
    state: z.enum(['OPEN', 'MERGED', 'DECLINED']),
    closedDate: timeSchema.nullish(),
    updatedDate: timeSchema,
    links: z.object({
      self: z.array(z.object({ href: pageSchema })).min(1),
    }),
    author: z.object({ user: z.object({ displayName: z.string() }) }),
    fromRef: sideSchema,
    toRef: sideSchema,
  })
  .transform(({ id, title, state, links, author, ...pull }) => ({
    url: links.self[0].href,
    number: id,
    title,
    state: STATES[state],
    author: author.user.displayName,
    ...(state === 'MERGED' && pull.closedDate && { mergedAt: pull.closedDate }),
    updatedAt: pull.updatedDate,
    branch: pull.fromRef.displayId,
    base: pull.toRef.displayId,
    isFork: pull.fromRef.repository.id !== pull.toRef.repository.id,
  }));
const pullsSchema = z.object({ values: z.array(pullSchema) });

const DECISIONS: Record<string, Review['decision']> = {
  APPROVED: 'approved',
  NEEDS_WORK: 'changes-requested',
};

const reviewerSchema = z
  .object({ user: z.object({ name: z.string() }), status: z.string() })
  .transform(
    ({ user, status }): Review => ({
      reviewer: user.name,
      decision: DECISIONS[status] ?? 'none',
    }),
  );

/** Pull requests of Bitbucket Server and Data Center. */
export const bitbucketServerRequests: HostRequests = {
  async ofCommit(repository, revision) {
    const { value } = await get(
      repository,
      ['commits', revision, 'pull-requests'],
      { limit: PAGE_SIZE },
      pullsSchema,
    );
    return value.values;
  },
  async latest(repository, base) {
    const { value } = await get(
      repository,
      ['pull-requests'],
      {
        state: 'ALL',
        at: base && `refs/heads/${base}`,
        order: 'NEWEST',
        limit: PAGE_SIZE,
      },
      pullsSchema,
    );
    return value.values;
  },
  async commits(repository, number) {
    const { value } = await get(
      repository,
      ['pull-requests', String(number), 'commits'],
      { limit: PAGE_SIZE },
      bitbucketServerCommitsSchema,
    );
    return value.values;
  },
  async ofBranch(repository, { branch, base }) {
    const { value } = await get(
      repository,
      ['pull-requests'],
      {
        state: 'ALL',
        direction: 'OUTGOING',
        at: `refs/heads/${branch}`,
        order: 'NEWEST',
        limit: PAGE_SIZE,
      },
      pullsSchema,
    );
    return value.values.find(pull => pull.base === base);
  },
  async approved(repository, number) {
    const { value } = await get(
      repository,
      ['pull-requests', String(number)],
      {},
      z.object({ reviewers: z.array(reviewerSchema) }),
    );
    return isApproved(value.reviewers);
  },
  async open(repository, { branch, base, title, description }) {
    const { value } = await post(
      repository,
      ['pull-requests'],
      {
        title,
        description,
        fromRef: { id: `refs/heads/${branch}` },
        toRef: { id: `refs/heads/${base}` },
      },
      pullSchema,
    );
    return value;
  },
  async branches(repository, prefix) {
    const { value } = await get(
      repository,
      ['branches'],
      { filterText: prefix || undefined, limit: 100 },
      z.object({ values: z.array(z.object({ displayId: z.string() })) }),
    );
    return value.values.map(({ displayId }) => displayId);
  },
  range: bitbucketServerRange,
};

function get<T>(
  { http, headers, signal, path, ...repository }: HostedRepository,
  below: string[],
  query: Record<string, string | number | undefined>,
  schema: z.ZodType<T>,
) {
  const [project, slug] = path;
  return http.get(
    apiUrl(
      repository.apiUrl,
      ['projects', project, 'repos', slug, ...below],
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
  const [project, slug] = path;
  return http.post(
    apiUrl(
      repository.apiUrl,
      ['projects', project, 'repos', slug, ...below],
      {},
    ),
    schema,
    { headers, signal, body },
  );
}
