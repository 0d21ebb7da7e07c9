import {
  compareEnvironments,
  describeProblem,
  environmentOf,
  type EnvironmentRule,
  type ImagesResponse,
  type KnownImage,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';
import { readImageDetails } from '../store/operations/imageDetails';
import { readImagesPage } from '../store/operations/imagePages';
import { scopes } from '../store/scopes';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { decodeCursor, encodeCursor } from './cursor';
import { truncation } from './EntityApplications';
import type { EntityRepositories } from './EntityRepositories';
import type { EntitySnapshot } from './EntitySnapshot';
import { findingsOf } from './findingsOf';
import { ImageJudge } from './ImageJudge';
import type { Links } from './links';
import { scanOfIndex } from './scanOfIndex';
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
    const { links, environments, updaterPlatform } = this.options;
    const after =
      query.cursor === undefined
        ? undefined
        : decodeCursor('images', query.cursor);
    const { applications, entity, knex, located, signalKeys } = snapshot;
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
      repository => !query.repository || query.repository === repository,
    );
    const judge = ImageJudge.create(
      users,
      await this.versionLists.read(knex, requested),
      { updaterPlatform, unread },
    );
    const { images: page, next } = await readImagesPage(knex, {
      repositories: requested,
      after,
      limit: query.limit,
    });
    const detailsOf = await readImageDetails(knex, page);
    const heldBy = ({ repository, digest }: KnownImage) =>
      (detailsOf(repository, digest).children ?? [])
        .filter(({ platform }) => platform)
        .map(child => ({ repository, digest: child.digest }));
    const detailsOfHeld = await readImageDetails(knex, page.flatMap(heldBy));
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
      findings: findingsOf(users, judge.lists, tagMutability),
      items: page.map(image => {
        const details = detailsOf(image.repository, image.digest);
        // Registries scan images, not the indexes over them.
        const scan =
          details.scan ??
          scanOfIndex(
            heldBy(image).map(
              ({ repository, digest }) =>
                detailsOfHeld(repository, digest).scan,
            ),
          );
        return {
          ...details,
          ...(scan && { scan }),
          ...judge.item(image, links),
        };
      }),
      updaterPlatform,
      nextCursor: next && encodeCursor('images', next),
    };
  }
}
