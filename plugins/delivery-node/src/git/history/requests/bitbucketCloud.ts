import { z } from 'zod';
import {
  bitbucketCloudCommitsSchema,
  bitbucketCloudRange,
} from '../bitbucketCloud';
import { HistoryError } from '../HistoryError';
import { apiUrl, type HostedRepository } from '../host';
import { isApproved, type Review } from './approval';
import { pageSchema, timeSchema, titleSchema } from './schema';
import type { HostRequests } from './types';

const PAGE_SIZE = 50;
const STATES = {
  OPEN: 'open',
  MERGED: 'merged',
  DECLINED: 'closed',
  SUPERSEDED: 'closed',
} as const;

const sideSchema = z.object({
  branch: z.object({ name: z.string() }),
  // Null once the fork is deleted.
  repository: z.object({ full_name: z.string() }).nullish(),
});

/**
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-get.
 * It doesn't give the time of the merge.
 */
const pullSchema = z
  .object({
    id: z.int(),
    title: titleSchema,
    state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
    updated_on: timeSchema,
    links: z.object({ html: z.object({ href: pageSchema }) }),
    author: z.object({ display_name: z.string() }).nullish(),
    source: sideSchema,
    destination: sideSchema,
  })
  .transform(({ id, title, state, links, author, source, ...pull }) => ({
    url: links.html.href,
    number: id,
    title,
    state: STATES[state],
    ...(author && { author: author.display_name }),
    updatedAt: pull.updated_on,
    branch: source.branch.name,
    base: pull.destination.branch.name,
    isFork:
      source.repository?.full_name !== pull.destination.repository?.full_name,
  }));

/**
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/#api-repositories-workspace-repo-slug-pullrequests-pull-request-id-get.
 * Lists don't have the participants.
 */
const participantSchema = z
  .object({
    user: z.object({ uuid: z.string().nullish() }).nullish(),
    approved: z.boolean(),
    state: z.enum(['approved', 'changes_requested']).nullish(),
  })
  .transform(({ user, approved, state }): Review => {
    const decision = approved ? 'approved' : 'none';
    return {
      reviewer: user?.uuid ?? '',
      decision: state === 'changes_requested' ? 'changes-requested' : decision,
    };
  });

/** Pull requests of Bitbucket Cloud. */
export const bitbucketCloudRequests: HostRequests = {
  async ofCommit(repository, revision) {
    const ids = await idsOfCommit(repository, revision);
    const found = [];
    for (const id of ids.slice(0, 3)) {
      // The list only has their titles.
      const { value } = await get(
        repository,
        ['pullrequests', String(id)],
        {},
        pullSchema,
      );
      found.push(value);
    }
    return found;
  },
  async latest(repository, base) {
    const states = Object.keys(STATES).map(state => `state = "${state}"`);
    const into = base && `destination.branch.name = ${JSON.stringify(base)}`;
    const { value } = await get(
      repository,
      ['pullrequests'],
      {
        q: [`(${states.join(' OR ')})`, ...(into ? [into] : [])].join(' AND '),
        sort: '-updated_on',
        pagelen: PAGE_SIZE,
      },
      z.object({ values: z.array(pullSchema) }),
    );
    return value.values;
  },
  async commits(repository, number) {
    const { value } = await get(
      repository,
      ['pullrequests', String(number), 'commits'],
      { pagelen: PAGE_SIZE },
      bitbucketCloudCommitsSchema,
    );
    return value.values;
  },
  async ofBranch(repository, { branch, base }) {
    const states = Object.keys(STATES).map(state => `state = "${state}"`);
    const { value } = await get(
      repository,
      ['pullrequests'],
      {
        q: [
          `(${states.join(' OR ')})`,
          `source.branch.name = ${JSON.stringify(branch)}`,
          `destination.branch.name = ${JSON.stringify(base)}`,
        ].join(' AND '),
        sort: '-created_on',
        pagelen: 1,
      },
      z.object({ values: z.array(pullSchema) }),
    );
    return value.values.at(0);
  },
  async approved(repository, number) {
    const { value } = await get(
      repository,
      ['pullrequests', String(number)],
      {},
      z.object({ participants: z.array(participantSchema) }),
    );
    return isApproved(value.participants);
  },
  async open(repository, { branch, base, title, description }) {
    const { value } = await post(
      repository,
      ['pullrequests'],
      {
        title,
        description,
        source: { branch: { name: branch } },
        destination: { branch: { name: base } },
        close_source_branch: true,
      },
      pullSchema,
    );
    return value;
  },
  async branches(repository, prefix) {
    const { value } = await get(
      repository,
      ['refs', 'branches'],
      {
        q: prefix ? `name ~ ${JSON.stringify(prefix)}` : undefined,
        pagelen: 100,
      },
      z.object({ values: z.array(z.object({ name: z.string() })) }),
    );
    return value.values.map(({ name }) => name);
  },
  range: bitbucketCloudRange,
};

/** Empty where the workspace doesn't use the links from commits to requests. */
async function idsOfCommit(
  repository: HostedRepository,
  revision: string,
): Promise<number[]> {
  try {
    const { value } = await get(
      repository,
      ['commit', revision, 'pullrequests'],
      { pagelen: PAGE_SIZE },
      z.object({ values: z.array(z.object({ id: z.int() })) }),
    );
    return value.values.map(({ id }) => id);
  } catch (error) {
    if (error instanceof HistoryError && error.reason === 'not-found') {
      return [];
    }
    throw error;
  }
}

function get<T>(
  { http, headers, signal, path, ...repository }: HostedRepository,
  below: string[],
  query: Record<string, string | number | undefined>,
  schema: z.ZodType<T>,
) {
  const [workspace, slug] = path;
  return http.get(
    apiUrl(
      repository.apiUrl,
      ['repositories', workspace, slug, ...below],
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
  const [workspace, slug] = path;
  return http.post(
    apiUrl(repository.apiUrl, ['repositories', workspace, slug, ...below], {}),
    schema,
    { headers, signal, body },
  );
}
