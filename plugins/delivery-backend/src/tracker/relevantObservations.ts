import type {
  ImagePushed,
  ImageRemoved,
  Observation,
} from '@landfall/backstage-plugin-delivery-common';
import type { ReferencedVersion } from '../store/operations/imageTags';

/** More images than this change at once only in a first read, or after a long time. */
const MANY = 100;

/**
 * Leaves out observed images that the reducer wouldn't be given otherwise: those
 * that are neither among the latest nor referenced. The last observation stays, so
 * that something is known to have changed.
 *
 * @internal
 * @param recent - how many of the latest pushes to keep
 */
export function relevantObservations(
  observations: readonly Observation[],
  referenced: readonly ReferencedVersion[],
  recent: number,
): readonly Observation[] {
  if (observations.length <= MANY) {
    return observations;
  }
  const names = new Set(
    referenced.flatMap(({ repository, tag, digest }) => [
      nameOf(repository, tag),
      nameOf(repository, digest),
    ]),
  );
  const latest = new Set<Observation>(
    observations
      .filter(observation => observation.kind === 'image-pushed')
      .sort((a, b) => timeOf(b) - timeOf(a))
      .slice(0, recent),
  );
  return observations.filter((observation, index) => {
    if (!isOfImage(observation)) {
      return true;
    }
    const { repository, digest } = observation;
    const tags =
      observation.kind === 'image-pushed'
        ? observation.tags
        : [observation.tag].flatMap(tag => tag ?? []);
    return (
      index === observations.length - 1 ||
      latest.has(observation) ||
      [digest, ...tags].some(name => names.has(nameOf(repository, name)))
    );
  });
}

function isOfImage(
  observation: Observation,
): observation is ImagePushed | ImageRemoved {
  return (
    observation.kind === 'image-pushed' || observation.kind === 'image-removed'
  );
}

function nameOf(repository: string, name: string | undefined): string {
  return `${repository} ${name}`;
}

function timeOf({ pushedAt, seenAt }: ImagePushed): number {
  return Date.parse(pushedAt ?? seenAt);
}
