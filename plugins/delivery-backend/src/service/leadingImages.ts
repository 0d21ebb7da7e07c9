import {
  type Application,
  type ImageUpdaterResource,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';
import { versionsByRepository } from './versionsByRepository';

/**
 * Orders the image repositories of an application so that its own image comes
 * first. In this order, these come before others: repositories that its settings
 * or an ImageUpdater reference, those that the latest sync applied, and those
 * with its name. Sidecars that a webhook injects, such as agents for monitoring,
 * come last.
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

/** Compares by the first property that only one of the two has. */
function compareRanks(a: boolean[], b: boolean[]): number {
  const at = a.findIndex((has, index) => has !== b[index]);
  return at < 0 ? 0 : Number(b[at]) - Number(a[at]);
}
