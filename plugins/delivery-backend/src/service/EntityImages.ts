import {
  compareEnvironments,
  describeProblem,
  environmentOf,
  type EnvironmentRule,
  type ImagesResponse,
  repositoriesOf,
  type WouldUpdateRequest,
  type WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { readImagesPage } from '../store/operations/imagePages';
import { scopes } from '../store/scopes';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { decodeCursor, encodeCursor } from './cursor';
import { truncation } from './EntityApplications';
import type { EntityRepositories } from './EntityRepositories';
import type { EntitySnapshot } from './EntitySnapshot';
import { findingsOf } from './findingsOf';
import { forecastUpdates } from './forecastUpdates';
import { readDetailsWithScans } from './imageDetails';
import { ImageJudge } from './ImageJudge';
import type { Links } from './links';
import type { ImagesQuery } from './types';
import { VersionLists } from './VersionLists';

/**
 * The images in the repositories of entities, with the verdicts of the policies
 * that apply to them.
 *
 * @internal
 */
export class EntityImages {
  private readonly versionLists: VersionLists;

  constructor(
    private readonly options: {
      links: Links;
      repositories: EntityRepositories;
      environments: EnvironmentRule[];
      /** The platform that Image Updater runs on; default `linux/amd64`. */
      updaterPlatform?: string;
      metrics?: DeliveryMetrics;
    },
  ) {
    this.versionLists = VersionLists.create(options.metrics);
  }

  async find(
    snapshot: EntitySnapshot,
    query: ImagesQuery,
  ): Promise<ImagesResponse> {
    const { links, updaterPlatform } = this.options;
    const after =
      query.cursor === undefined
        ? undefined
        : decodeCursor('images', query.cursor);
    const { knex, located, signalKeys } = snapshot;
    const read = await this.read(snapshot, query.repository);
    const { users, repositories, problems, keys, lists, unread } = read;
    const judge = ImageJudge.create(users, lists, { updaterPlatform, unread });
    const { images: page, next } = await readImagesPage(knex, {
      repositories: read.requested,
      after,
      limit: query.limit,
    });
    const detailsOf = await readDetailsWithScans(knex, page);
    return {
      truncated: truncation(located),
      repositories,
      problems: problems.map(describeProblem),
      keys: [
        ...users.map(({ key }) => key),
        ...keys,
        ...located.topics.map(topic => signalKeys.of(topic)),
      ],
      applications: judge.applications,
      findings: findingsOf(users, judge.lists, read.tagMutability),
      items: page.map(image => ({
        ...detailsOf(image.repository, image.digest),
        ...judge.item(image, links),
      })),
      updaterPlatform,
      nextCursor: next && encodeCursor('images', next),
    };
  }

  /** What the updater would do, also with a tag that may not be pushed yet. */
  async wouldUpdate(
    snapshot: EntitySnapshot,
    request: WouldUpdateRequest,
  ): Promise<WouldUpdateResponse> {
    const { updaterPlatform } = this.options;
    const read = await this.read(snapshot, request.repository);
    return {
      truncated: truncation(snapshot.located),
      repositories: read.repositories,
      ...forecastUpdates(read, { ...request, updaterPlatform }, snapshot.now),
    };
  }

  /**
   * The entity's applications with what decides about their images, and the
   * versions of their repositories, or of one of them.
   */
  private async read(snapshot: EntitySnapshot, repository?: string) {
    const { environments } = this.options;
    const { applications, entity, knex, signalKeys } = snapshot;
    const removedOf = await snapshot.removedVersions();
    const compare = compareEnvironments(environments);
    const users = applications
      .map(({ key, application }) => ({
        key: signalKeys.of(key),
        application,
        environment: environmentOf(application, environments),
        imageUpdaters: snapshot.imageUpdatersOf(application.ref),
        updaterCommittedAt: snapshot.updaterCommittedAt(application),
        removed: removedOf(application),
      }))
      .sort((a, b) => compare(a.environment, b.environment));
    const { repositories, problems, keys, unread, tagMutability } =
      await this.options.repositories.find(
        entity,
        users.flatMap(({ application, imageUpdaters }) =>
          repositoriesOf(application, imageUpdaters),
        ),
        snapshot,
      );
    snapshot.dependsOn(...repositories.map(scopes.repository));
    const requested = repositories.filter(
      one => !repository || repository === one,
    );
    return {
      users,
      repositories,
      requested,
      problems,
      keys,
      unread,
      tagMutability,
      lists: await this.versionLists.read(knex, requested),
    };
  }
}
