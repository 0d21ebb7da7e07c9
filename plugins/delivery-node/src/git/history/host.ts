import type { HistoryCommit } from '@landfall/backstage-plugin-delivery-common';
import type { HistoryHttp } from './HistoryHttp';
import type { CommitsBetween, CommitsQuery } from './types';

/** The most commits that are read of a range. */
export const MAX_COMMITS = 250;
/** With more paths, the whole repository counts: each path costs a request. */
const MAX_PATHS = 8;

/** A repository behind the API of its Git host. */
export interface HostedRepository {
  http: HistoryHttp;
  /** Base URL of the API, from the integration. */
  apiUrl: string;
  /** With the credentials of the integration. */
  headers: Record<string, string>;
  /** Parts of the repository's path, such as owner and name. */
  path: string[];
  signal?: AbortSignal;
}

/**
 * Finds the commits of a query on one kind of Git host.
 *
 * @throws HistoryError
 */
export type HostHistory = (
  repository: HostedRepository,
  query: CommitsQuery,
) => Promise<CommitsBetween>;

/** The commits that are in `to` but not in `from`, newest first. */
export type ListRange = (range: {
  from: string;
  /** Both can be branches. */
  to: string;
  path?: string;
  /** More than these needn't be read. */
  limit: number;
}) => Promise<HistoryCommit[]>;

/**
 * Answers a query on a host that lists the commits of a range, and of a path
 * within it.
 */
export async function findByRange(
  list: ListRange,
  { from, to, paths }: Pick<CommitsQuery, 'from' | 'to' | 'paths'>,
): Promise<CommitsBetween> {
  const undone = await list({ from: to, to: from, limit: 1 });
  if (undone.length > 0) {
    return { kind: 'contained', reason: 'rewritten' };
  }
  const limit = MAX_COMMITS + 1;
  const [path, ...further] = paths.length > MAX_PATHS ? [] : paths;
  // The order between commits of several paths is that of the whole range.
  const all = await list({
    from,
    to,
    limit,
    ...(path && further.length === 0 && { path }),
  });
  if (all.length > MAX_COMMITS) {
    return { kind: 'contained', reason: 'too-many' };
  }
  if (further.length === 0) {
    return { kind: 'exact', commits: all.toReversed() };
  }
  const touching = new Set<string>();
  for (const one of [path, ...further]) {
    for (const { revision } of await list({ from, to, path: one, limit })) {
      touching.add(revision);
    }
  }
  return {
    kind: 'exact',
    commits: all.filter(({ revision }) => touching.has(revision)).toReversed(),
  };
}

/**
 * Reads pages until one is the last or the limit is reached.
 *
 * @param read - one page, from 1
 */
export async function readPages(
  limit: number,
  read: (
    page: number,
  ) => Promise<{ commits: HistoryCommit[]; isLast: boolean }>,
): Promise<HistoryCommit[]> {
  const found: HistoryCommit[] = [];
  for (let page = 1; found.length < limit; page++) {
    const { commits, isLast } = await read(page);
    found.push(...commits);
    if (isLast || commits.length === 0) {
      break;
    }
  }
  return found;
}

/** The URL of a part of the API. Each part of the path is encoded. */
export function apiUrl(
  base: string,
  path: readonly string[],
  query: Record<string, string | number | undefined>,
): URL {
  const url = new URL(
    `${base.replace(/\/$/, '')}/${path.map(encodeURIComponent).join('/')}`,
  );
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      url.searchParams.set(name, String(value));
    }
  }
  return url;
}

/** As in Argo CD's revision metadata. */
export function toAuthor(name: string, email: string | undefined): string {
  return email ? `${name} <${email}>` : name;
}
