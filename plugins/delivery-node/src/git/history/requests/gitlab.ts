import { z } from 'zod';
import { gitlabCommitSchema, gitlabRange } from '../gitlab';
import { apiUrl, type HostedRepository } from '../host';
import { pageSchema, timeSchema, titleSchema } from './schema';
import type { HostRequests } from './types';

const PAGE_SIZE = 50;
const COMMITS = 100;
const STATES = {
  opened: 'open',
  // Being merged.
  locked: 'open',
  closed: 'closed',
  merged: 'merged',
} as const;

/** https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
const requestSchema = z
  .object({
    iid: z.int(),
    title: titleSchema,
    state: z.enum(['opened', 'locked', 'closed', 'merged']),
    merged_at: timeSchema.nullish(),
    updated_at: timeSchema,
    web_url: pageSchema,
    author: z.object({ username: z.string() }).nullish(),
    source_branch: z.string(),
    target_branch: z.string(),
    source_project_id: z.int().nullish(),
    target_project_id: z.int(),
  })
  .transform(({ iid, title, state, author, ...request }) => ({
    url: request.web_url,
    number: iid,
    title,
    state: STATES[state],
    ...(author && { author: author.username }),
    ...(request.merged_at && { mergedAt: request.merged_at }),
    updatedAt: request.updated_at,
    branch: request.source_branch,
    base: request.target_branch,
    isFork: request.source_project_id !== request.target_project_id,
  }));

/**
 * https://docs.gitlab.com/api/merge_request_approvals/#single-merge-request-approval.
 * One that needs no approval is `approved` from the beginning.
 */
const approvalsSchema = z.object({
  approved: z.boolean().nullish(),
  approved_by: z.array(z.unknown()).nullish(),
});

/** Merge requests of GitLab. */
export const gitlabRequests: HostRequests = {
  async ofCommit(repository, revision) {
    const { value } = await get(
      repository,
      ['repository', 'commits', revision, 'merge_requests'],
      { per_page: PAGE_SIZE },
      z.array(requestSchema),
    );
    return value;
  },
  async latest(repository, base) {
    const { value } = await get(
      repository,
      ['merge_requests'],
      {
        state: 'all',
        target_branch: base,
        order_by: 'updated_at',
        sort: 'desc',
        per_page: PAGE_SIZE,
      },
      z.array(requestSchema),
    );
    return value;
  },
  async commits(repository, number) {
    const { value } = await get(
      repository,
      ['merge_requests', String(number), 'commits'],
      { per_page: COMMITS },
      z.array(gitlabCommitSchema),
    );
    return value;
  },
  async ofBranch(repository, { branch, base }) {
    const { value } = await get(
      repository,
      ['merge_requests'],
      {
        state: 'all',
        source_branch: branch,
        target_branch: base,
        order_by: 'created_at',
        sort: 'desc',
        per_page: 1,
      },
      z.array(requestSchema),
    );
    return value.at(0);
  },
  async approved(repository, number) {
    const { value } = await get(
      repository,
      ['merge_requests', String(number), 'approvals'],
      {},
      approvalsSchema,
    );
    const { approved, approved_by: approvers } = value;
    return approved !== false && (approvers ?? []).length > 0;
  },
  async open(repository, { branch, base, title, description }) {
    const { value } = await post(
      repository,
      ['merge_requests'],
      {
        source_branch: branch,
        target_branch: base,
        title,
        description,
        remove_source_branch: true,
      },
      requestSchema,
    );
    return value;
  },
  async branches(repository, prefix) {
    const { value } = await get(
      repository,
      ['repository', 'branches'],
      { search: prefix ? `^${prefix}` : undefined, per_page: COMMITS },
      z.array(z.object({ name: z.string() })),
    );
    return value.map(({ name }) => name);
  },
  range: gitlabRange,
};

function get<T>(
  { http, headers, signal, path, ...repository }: HostedRepository,
  below: string[],
  query: Record<string, string | number | undefined>,
  schema: z.ZodType<T>,
) {
  return http.get(
    apiUrl(repository.apiUrl, ['projects', path.join('/'), ...below], query),
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
  return http.post(
    apiUrl(repository.apiUrl, ['projects', path.join('/'), ...below], {}),
    schema,
    { headers, signal, body },
  );
}
