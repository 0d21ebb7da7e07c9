import type { Entity } from '@backstage/catalog-model';
import {
  compareEnvironments,
  describeProblem,
  environmentOf,
  type EnvironmentRule,
  type ImagesResponse,
  type KnownImage,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  readChildren,
  readImageDetails,
} from '../store/operations/imageDetails';
import { readImages } from '../store/operations/images';
import { decodeCursor, encodeCursor } from './cursor';
import { type EntityApplications, truncation } from './EntityApplications';
import type { EntityRepositories } from './EntityRepositories';
import { findingsOf } from './findingsOf';
import { ImageJudge } from './ImageJudge';
import type { Links } from './links';
import { pageOfImages } from './pageOfImages';
import { readRemovedVersions } from './removedVersions';
import { scanOfIndex } from './scanOfIndex';
import { readUpdaterCommits } from './stuckEvidence';
import type { ImagesQuery } from './types';

/**
 * The images in the repositories of entities, with the verdicts of the policies
 * that apply to them.
 *
 * @internal
 */
export class EntityImages {
  constructor(
    private readonly options: {
      database: DeliveryDatabase;
      links: Links;
      applications: EntityApplications;
      repositories: EntityRepositories;
      environments: EnvironmentRule[];
      /** The platform that Image Updater runs on; default `linux/amd64`. */
      updaterPlatform?: string;
    },
  ) {}

  async find(entity: Entity, query: ImagesQuery): Promise<ImagesResponse> {
    const { database, links, environments, updaterPlatform } = this.options;
    const after =
      query.cursor === undefined
        ? undefined
        : decodeCursor('images', query.cursor);
    const located = await this.options.applications.locate(entity);
    const { applications } = located;
    const updatersFor = await this.options.applications.imageUpdaterLookup(
      applications.map(({ application }) => application),
    );
    const committedAt = await readUpdaterCommits(
      database.knex,
      applications.map(({ application }) => application),
    );
    const removedOf = await readRemovedVersions(
      database.knex,
      applications.map(({ application }) => application),
    );
    const compare = compareEnvironments(environments);
    const signalKeys = await database.signalKeys();
    const users = applications
      .map(({ key, application }) => ({
        key: signalKeys.of(key),
        application,
        environment: environmentOf(application, environments),
        imageUpdaters: updatersFor(application.ref),
        updaterCommittedAt: committedAt(application),
        removed: removedOf(application),
      }))
      .sort((a, b) => compare(a.environment, b.environment));
    const { repositories, problems, keys, unread, tagMutability } =
      await this.options.repositories.find(
        entity,
        users.flatMap(({ application, imageUpdaters }) =>
          repositoriesOf(application, imageUpdaters),
        ),
      );
    const images = await readImages(
      database.knex,
      repositories.filter(
        repository => !query.repository || query.repository === repository,
      ),
    );
    const judge = ImageJudge.create(users, images, {
      updaterPlatform,
      unread,
    });
    const isChild = await readChildren(database.knex, [...images.keys()]);
    const { page, next } = pageOfImages(
      [...images.values()]
        .flat()
        .filter(
          ({ repository, digest, tags }) =>
            tags.length > 0 || !isChild(repository, digest),
        ),
      { after, limit: query.limit },
    );
    const detailsOf = await readImageDetails(database.knex, page);
    const heldBy = ({ repository, digest }: KnownImage) =>
      (detailsOf(repository, digest).children ?? [])
        .filter(({ platform }) => platform)
        .map(child => ({ repository, digest: child.digest }));
    const detailsOfHeld = await readImageDetails(
      database.knex,
      page.flatMap(heldBy),
    );
    return {
      truncated: truncation(located),
      repositories,
      problems: problems.map(describeProblem),
      keys: [...users.map(({ key }) => key), ...keys],
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
