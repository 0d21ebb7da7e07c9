import {
  type EnvironmentRule,
  imagesWithoutHookPods,
  type ImageVersion,
  type Promotion,
  toVersionRows,
  type VersionItem,
  type VersionRow,
  type VersionsRequest,
  type VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../../store/applicationKey';
import { readReferencedImages } from '../../store/operations/imageTags';
import { readCurrentPromotions } from '../../store/operations/promotions';
import {
  type PromotionStart,
  readPromotionsById,
  readStartsOfVersions,
} from '../../store/operations/versionPromotions';
import { scopes } from '../../store/scopes';
import { decodeCursor, encodeCursor } from '../cursor';
import { truncation } from '../EntityApplications';
import type { EntitySnapshot } from '../EntitySnapshot';
import { readDetailsWithScans } from '../imageDetails';
import type { Links } from '../links';
import { versionsByRepository } from '../versionsByRepository';
import { readVersionsPage } from './readVersionsPage';
import { type ApplicationUser, leadingRepositories, usersOf } from './usersOf';

const DEFAULT_VERSIONS = 20;

/** A cell shows the latest few times in which its version was there. */
const SHOWN_OCCURRENCES = 6;

/** Where a page of versions begins, and how long it is. */
interface VersionsPlace {
  after: { startedAt: string; id: string } | undefined;
  limit: number | undefined;
}

/** What an answer about one repository is made from. */
interface Found {
  /** Those of the page. */
  versions: ImageVersion[];
  /** Those that run or are on their way; only for the first page. */
  current: ImageVersion[];
  promotions: Promotion[];
  next?: { startedAt: string; id: string };
}

/**
 * The versions of an entity's images, with what each is in each environment.
 *
 * @internal
 */
export class EntityVersions {
  constructor(
    private readonly options: { links: Links; environments: EnvironmentRule[] },
  ) {}

  async find(
    snapshot: EntitySnapshot,
    request: VersionsRequest,
  ): Promise<VersionsResponse> {
    const { knex, located } = snapshot;
    // Also where there is nothing to page through.
    const after =
      request.cursor === undefined
        ? undefined
        : decodeCursor('versions', request.cursor);
    const all = usersOf(snapshot.applications, {
      environments: this.options.environments,
      imageUpdatersOf: snapshot.imageUpdatersOf,
    });
    const repositories = leadingRepositories(all);
    const repository = request.repository ?? repositories[0];
    const users = all.filter(
      ({ environment }) =>
        !request.environment || request.environment === environment,
    );
    const shared = {
      truncated: truncation(located),
      repositories,
      environments: columnsOf(users, repository),
    };
    if (repository === undefined) {
      return { ...shared, items: [] };
    }
    snapshot.dependsOn(scopes.repository(repository));
    const found = await readFound(knex, users, repository, {
      after,
      limit: request.limit,
    });
    const rowsOf = await readRows(knex, users, repository, found);
    const rows = rowsOf(found.versions);
    const older = rowsOf(found.current).filter(({ id }) =>
      rows.every(row => row.id !== id),
    );
    const toItem = await this.itemsOf(knex, repository, [...rows, ...older]);
    return {
      ...shared,
      repository,
      items: rows.map(toItem),
      ...(older.length > 0 && { older: older.map(toItem) }),
      nextCursor: found.next && encodeCursor('versions', found.next),
    };
  }

  /** Adds to rows what a page shows beside them. */
  private async itemsOf(
    knex: Knex,
    repository: string,
    rows: readonly VersionRow[],
  ): Promise<(row: VersionRow) => VersionItem> {
    const detailsOf = await readDetailsWithScans(
      knex,
      rows.flatMap(({ version: { digest } }) =>
        digest ? [{ repository, digest }] : [],
      ),
    );
    return row => {
      const { digest } = row.version;
      const scan = digest ? detailsOf(repository, digest).scan : undefined;
      return { ...this.withLinks(repository, row), ...(scan && { scan }) };
    };
  }

  private withLinks(repository: string, row: VersionRow): VersionItem {
    const { links } = this.options;
    return {
      ...row,
      commits: row.commits.map(commit => ({
        ...commit,
        url: links.commit(commit.repoUrl, commit.revision),
      })),
      links: { image: links.image(repository, row.version) },
    };
  }
}

/** Tells of versions what each is where. */
async function readRows(
  knex: Knex,
  users: readonly ApplicationUser[],
  repository: string,
  { versions, current, promotions }: Found,
): Promise<(only: readonly ImageVersion[]) => VersionRow[]> {
  const images = await readReferencedImages(
    knex,
    [...versions, ...current].map(version => ({ repository, ...version })),
  );
  const byKey = new Map<string, Promotion[]>();
  for (const promotion of promotions) {
    const key = applicationKey(promotion.application);
    byKey.set(key, [...(byKey.get(key) ?? []), promotion]);
  }
  const input = {
    environments: [...new Set(users.map(({ environment }) => environment))],
    applications: users.map(({ key, environment, application }) => ({
      environment,
      running: runningOf(imagesWithoutHookPods(application), repository),
      promotions: byKey.get(key) ?? [],
    })),
    images,
  };
  return only => (only.length > 0 ? toVersionRows({ ...input, only }) : []);
}

/** A page of versions with all that is needed to tell what each is where. */
async function readFound(
  knex: Knex,
  users: readonly ApplicationUser[],
  repository: string,
  { after, limit = DEFAULT_VERSIONS }: VersionsPlace,
): Promise<Found> {
  const applicationKeys = users.map(({ key }) => key);
  const page = await readVersionsPage(knex, {
    applicationKeys,
    repository,
    limit,
    after,
  });
  const current = [
    ...(await readCurrentPromotions(knex, applicationKeys)).values(),
  ]
    .flat()
    .filter(promotion => promotion.repository === repository);
  const shown =
    after === undefined
      ? [
          ...current.map(({ version }) => version),
          ...users.flatMap(({ application }) =>
            runningOf(imagesWithoutHookPods(application), repository),
          ),
        ]
      : [];
  const known = new Set(current.map(({ id }) => id));
  const starts = await readStartsOfVersions(knex, {
    applicationKeys,
    repository,
    versions: [...page.versions, ...shown],
  });
  const ended = await readPromotionsById(
    knex,
    latestOfEach(starts)
      .map(({ id }) => id)
      .filter(id => !known.has(id)),
  );
  return {
    versions: page.versions,
    current: shown,
    promotions: [...current, ...ended],
    ...(page.next && { next: page.next }),
  };
}

/** The latest few promotions of each version into each application. */
function latestOfEach(starts: readonly PromotionStart[]): PromotionStart[] {
  const kept = new Map<string, PromotionStart[]>();
  const latestFirst = starts.toSorted(
    (a, b) =>
      Number(b.movedAt > a.movedAt) - Number(b.movedAt < a.movedAt) ||
      Number(b.id > a.id) - Number(b.id < a.id),
  );
  for (const start of latestFirst) {
    const { tag, digest } = start.version;
    const key = JSON.stringify([start.applicationKey, digest ?? tag]);
    const own = kept.get(key) ?? [];
    if (own.length < SHOWN_OCCURRENCES) {
      kept.set(key, [...own, start]);
    }
  }
  return [...kept.values()].flat();
}

function columnsOf(
  users: readonly ApplicationUser[],
  repository: string | undefined,
): VersionsResponse['environments'] {
  const columns = new Map<string, number>();
  for (const { environment, repositories } of users) {
    const uses = repository !== undefined && repositories.includes(repository);
    columns.set(environment, (columns.get(environment) ?? 0) + Number(uses));
  }
  return [...columns].map(([environment, applications]) => ({
    environment,
    applications,
  }));
}

function runningOf(images: string[], repository: string): ImageVersion[] {
  return versionsByRepository(images).get(repository) ?? [];
}
