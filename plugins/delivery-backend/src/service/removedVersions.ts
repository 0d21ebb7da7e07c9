import {
  type Application,
  type ImageVersion,
  type KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  readRepositoryStates,
  type RepositoryState,
} from '../store/operations/annotatedRepositories';
import { readReferencedImages } from '../store/operations/imageTags';
import { versionsByRepository } from './versionsByRepository';

/**
 * The versions that run but that their repository no longer has, by repository.
 *
 * @internal
 */
export type RemovedVersions = ReadonlyMap<string, ImageVersion[]>;

/**
 * Reads which running versions of the applications their repositories no longer
 * have.
 *
 * @internal
 */
export async function readRemovedVersions(
  knex: Knex,
  applications: readonly Application[],
): Promise<(application: Application) => RemovedVersions> {
  const running = applications.flatMap(({ images }) =>
    [...versionsByRepository(images)].flatMap(([repository, versions]) =>
      versions.map(version => ({ repository, ...version })),
    ),
  );
  const images = await readReferencedImages(knex, running);
  const removed = images.filter(image => image.removed);
  const states = new Map(
    (
      await readRepositoryStates(knex, [
        ...new Set(removed.map(({ repository }) => repository)),
      ])
    ).map(state => [state.repository, state]),
  );
  return application =>
    new Map(
      [...versionsByRepository(application.images)].flatMap(
        ([repository, versions]) => {
          const gone = removedVersions(
            versions,
            images.filter(image => image.repository === repository),
            states.get(repository),
          );
          return gone.length > 0 ? [[repository, gone]] : [];
        },
      ),
    );
}

/**
 * Those of some versions that a repository had, and that a later complete read
 * didn't find. A version that was never in the repository may run from
 * elsewhere, and while the repository can't be read, it may be there again.
 *
 * @internal
 * @param images - the known images of the repository, removed ones included
 */
export function removedVersions(
  versions: readonly ImageVersion[],
  images: readonly KnownImage[],
  state: Pick<RepositoryState, 'readAt' | 'error'> | undefined,
): ImageVersion[] {
  const readAt = state?.error === undefined ? state?.readAt : undefined;
  if (readAt === undefined) {
    return [];
  }
  return versions.filter(version => {
    const had = images.filter(image => isOf(version, image));
    return (
      had.length > 0 &&
      had.every(
        ({ removed, removedAt }) =>
          removed && removedAt !== undefined && removedAt <= readAt,
      )
    );
  });
}

/** Compares by digest if the version has one, else by tag. */
function isOf(version: ImageVersion, { digest, tags }: KnownImage): boolean {
  return version.digest
    ? version.digest === digest
    : version.tag !== undefined && tags.includes(version.tag);
}
