import {
  availableUpdate,
  type AnyMessage,
  type ImageApplication,
  type ImageItem,
  type ImagesResponse,
  type ImageVersion,
  type VerdictCode,
} from '@landfall/backstage-plugin-delivery-common';
import { shortDigest } from './images';

/**
 * What a deployment's line shows about newer versions.
 *
 * @internal
 */
export type Availability =
  | {
      kind: 'available';
      repository: string;
      version: ImageVersion;
      /** The policy orders it before the running version. */
      downgrade?: boolean;
    }
  | { kind: 'passed-over'; version: string; reason: AnyMessage }
  | { kind: 'not-enabled' | 'unusable'; advice: AnyMessage };

/** Verdicts on versions that nobody expects to be deployed. */
const DELIBERATE: VerdictCode[] = ['untagged', 'ignored', 'not-followed'];

/**
 * Maps each application's key to the newer version that is available, or to why
 * the newest version is rejected.
 *
 * @internal
 * @param images - the newest ones
 */
export function availabilities(
  images: ImagesResponse,
): Map<string, Availability> {
  const found = new Map<string, Availability>();
  for (const application of images.applications) {
    const availability = availabilityOf(application, images);
    const { key } = application;
    // If the application has several images, show the one that changes.
    if (
      availability &&
      (!found.has(key) || availability.kind === 'available')
    ) {
      found.set(key, availability);
    }
  }
  return found;
}

function availabilityOf(
  application: ImageApplication,
  { items, nextCursor }: ImagesResponse,
): Availability | undefined {
  const { key, repository, state, next, problems } = application;
  if (state === 'not-enabled' || state === 'unusable') {
    const problem = problems.find(({ code }) => code === 'not-enabled');
    const advice = (problem ?? problems.at(0))?.advice;
    return advice === undefined ? undefined : { kind: state, advice };
  }
  const version = availableUpdate(application);
  if (version) {
    const downgrade = next?.downgrade;
    return {
      kind: 'available',
      repository,
      version,
      ...(downgrade && { downgrade }),
    };
  }
  const own = items.filter(item => item.repository === repository);
  const runningAt = own.findIndex(({ runsIn }) => runsIn.includes(key));
  if (runningAt < 0 && nextCursor === undefined) {
    return undefined; // The running image isn't listed, so it is unknown when it was pushed.
  }
  const newer = runningAt < 0 ? own : own.slice(0, runningAt);
  for (const item of newer) {
    const verdict = item.verdicts.find(each => each.key === key);
    if (
      verdict &&
      !verdict.accepted &&
      !DELIBERATE.includes(verdict.code) &&
      // The time an image was first seen doesn't reveal which one is newer.
      item.pushedAt !== undefined
    ) {
      const { reason } = verdict;
      return { kind: 'passed-over', version: nameOf(item), reason };
    }
  }
  return undefined;
}

function nameOf({ tags, digest }: ImageItem): string {
  return tags.at(0) ?? shortDigest(digest);
}
