import {
  compareEnvironments,
  type EnvironmentRule,
  type ImageUserItem,
  type ImageUsersRequest,
  type ImageUsersResponse,
  type ImageVersion,
} from '@landfall/backstage-plugin-delivery-common';
import type { StoreReading } from '../service/StoreReading';
import { versionsByRepository } from '../service/versionsByRepository';
import {
  findRepositoriesNamed,
  type ImageUserRow,
  readImageUsers,
  readRunningImages,
} from '../store/operations/imageUsers';
import { readReferencedImages } from '../store/operations/imageTags';
import { readInstances } from '../store/operations/instances';
import { scopes } from '../store/scopes';
import { restriction } from './FleetViews';
import type { SeenServices } from './VisibleServices';

const DEFAULT_USERS = 100;

/**
 * Makes the answers about who uses an image from the store. They name no
 * application as a part that they depend on, since there may be thousands, so they
 * must not be kept.
 *
 * @internal
 */
export class ImageUserViews {
  /** @param startedAt - since when instances are `connecting` that nobody watched */
  constructor(
    private readonly options: {
      instanceNames: readonly string[];
      environments: EnvironmentRule[];
    },
    private readonly startedAt: string,
  ) {}

  /** @param seen - the services that the caller may see */
  async find(
    seen: SeenServices,
    request: ImageUsersRequest,
    reading: StoreReading,
  ): Promise<ImageUsersResponse> {
    const { knex, dependsOn } = reading;
    const { instanceNames, environments } = this.options;
    const { environment, limit = DEFAULT_USERS } = request;
    dependsOn(scopes.services, scopes.fleet);
    const named = await findRepositoriesNamed(knex, request.repository);
    const repositories = named.includes(request.repository)
      ? [request.repository]
      : named;
    const rows = await readImageUsers(
      knex,
      {
        ...(await restriction(seen, reading)),
        instances: instanceNames,
        unreachable: [],
        environment,
      },
      repositories,
    );
    const runningOf = await readRunning(rows, reading);
    const isWanted = await wantedVersion(request, repositories, reading);
    const compare = compareEnvironments(environments);
    const users = rows
      .map(row => toItem(row, runningOf(row)))
      .filter(isWanted)
      .sort((a, b) => compare(a.environment, b.environment));
    const instances = await readInstances(
      knex,
      [...instanceNames],
      this.startedAt,
    );
    const used = new Set(users.map(({ application }) => application.instance));
    return {
      // Not `repositories`: names of others' repositories aren't for everybody.
      repositories: [...new Set(rows.map(row => row.repository))].sort(),
      total: users.length,
      items: users.slice(0, limit),
      unreachable: instances.flatMap(({ name, state }) =>
        state === 'unreachable' && used.has(name) ? [name] : [],
      ),
    };
  }
}

/** What each runs; a version that pods name by digest alone gets its first tag. */
async function readRunning(
  rows: readonly ImageUserRow[],
  { knex }: StoreReading,
): Promise<(row: ImageUserRow) => ImageVersion[]> {
  const keys = [...new Set(rows.map(({ key }) => key))];
  const images = await readRunningImages(knex, keys);
  const versions = new Map(
    rows.map(row => [
      row,
      versionsByRepository(images.get(row.key) ?? []).get(row.repository) ?? [],
    ]),
  );
  const untagged = [...versions].flatMap(([{ repository }, running]) =>
    running.flatMap(({ tag, digest }) =>
      !tag && digest ? [{ repository, digest }] : [],
    ),
  );
  const known = await readReferencedImages(knex, untagged);
  const tags = new Map(
    known.map(({ repository, digest, tags: [tag] }) => [
      `${repository}@${digest}`,
      tag,
    ]),
  );
  return row =>
    (versions.get(row) ?? []).map(version => {
      const tag =
        version.tag ?? tags.get(`${row.repository}@${version.digest}`);
      return { ...(tag && { tag }), ...version };
    });
}

/** Whether an application runs the version that is asked for, if one is. */
async function wantedVersion(
  { tag, digest }: ImageUsersRequest,
  repositories: readonly string[],
  { knex }: StoreReading,
): Promise<(user: ImageUserItem) => boolean> {
  const tagged = new Set(
    tag === undefined
      ? []
      : (
          await readReferencedImages(
            knex,
            repositories.map(repository => ({ repository, tag })),
          )
        ).map(image => `${image.repository}@${image.digest}`),
  );
  return ({ repository, running }) =>
    (tag === undefined ||
      running.some(
        version =>
          version.tag === tag || tagged.has(`${repository}@${version.digest}`),
      )) &&
    (digest === undefined ||
      running.some(version => version.digest === digest));
}

function toItem(
  { repository, entityRefs, summary }: ImageUserRow,
  running: ImageVersion[],
): ImageUserItem {
  const { application, environment, health, sync, deployedAt } = summary;
  return {
    entityRefs,
    application,
    environment,
    repository,
    running,
    health,
    sync,
    ...(deployedAt && { deployedAt }),
  };
}
