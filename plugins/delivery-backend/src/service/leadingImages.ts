import {
  type Application,
  type ImageUpdaterResource,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';
import { versionsByRepository } from './versionsByRepository';

/**
 * The image repositories of an application, its own image first: the one that
 * its configuration or an ImageUpdater references, then one that its sync
 * applied, then one with its name. Sidecars that a webhook injects come last,
 * such as agents for monitoring.
 *
 * @internal
 */
export function leadingFirst(
  application: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
  repositories: Iterable<string>,
): string[] {
  const referenced = repositoriesOf(
    { ...application, images: [], operation: undefined },
    imageUpdaters,
  );
  const applied = versionsByRepository(application.operation?.images ?? []);
  const name = application.ref.name.split('-');
  const rank = (repository: string) => [
    referenced.includes(repository),
    applied.has(repository),
    name.includes(repository.slice(repository.lastIndexOf('/') + 1)),
  ];
  return [...repositories]
    .map(repository => ({ repository, rank: rank(repository) }))
    .sort((a, b) => compareRanks(a.rank, b.rank))
    .map(({ repository }) => repository);
}

/** The first property that only one of them has decides. */
function compareRanks(a: boolean[], b: boolean[]): number {
  const at = a.findIndex((has, index) => has !== b[index]);
  return at < 0 ? 0 : Number(b[at]) - Number(a[at]);
}
