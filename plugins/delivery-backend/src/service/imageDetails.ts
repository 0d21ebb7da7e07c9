import type {
  ImageDetails,
  KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { readImageDetails } from '../store/operations/imageDetails';
import { scanOfIndex } from './scanOfIndex';

/**
 * A lookup of what is known about some images, by repository and digest. An index
 * has the merged scan of its images: registries scan images, not indexes.
 *
 * @internal
 */
export async function readDetailsWithScans(
  knex: Knex,
  images: readonly Pick<KnownImage, 'repository' | 'digest'>[],
): Promise<(repository: string, digest: string) => ImageDetails> {
  const detailsOf = await readImageDetails(knex, [...images]);
  const heldBy = (repository: string, digest: string) =>
    (detailsOf(repository, digest).children ?? [])
      .filter(({ platform }) => platform)
      .map(child => ({ repository, digest: child.digest }));
  const detailsOfHeld = await readImageDetails(
    knex,
    images.flatMap(({ repository, digest }) => heldBy(repository, digest)),
  );
  return (repository, digest) => {
    const details = detailsOf(repository, digest);
    const scan =
      details.scan ??
      scanOfIndex(
        heldBy(repository, digest).map(
          held => detailsOfHeld(held.repository, held.digest).scan,
        ),
      );
    return { ...details, ...(scan && { scan }) };
  };
}
