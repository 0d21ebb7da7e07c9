import {
  fullImageName,
  type ImageApplication,
  type ImageItem,
  type ImageVersion,
  type RegistryVersion,
  toPushedImage,
  versionsOf,
} from '@landfall/backstage-plugin-delivery-common';

/** One version per tag, as the updater sees a registry. @internal */
export function toVersions(items: readonly ImageItem[]): RegistryVersion[] {
  return items.flatMap(item => versionsOf(toPushedImage(item)));
}

/**
 * References to the versions of an image that an application runs, with the
 * image name that the policy uses. Empty if the policy refers to another image
 * than the one that runs.
 *
 * @internal
 */
export function runningReferences({
  repository,
  running,
  policy,
  next,
}: ImageApplication): string[] {
  if (next?.outcome === 'not-live') {
    return [];
  }
  const name = policy ? fullImageName(policy.image) : repository;
  return running.map(version => `${name}${suffixOf(version)}`);
}

function suffixOf({ tag, digest }: ImageVersion): string {
  return `${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

/** `sha256:1a2b3c4…` @internal */
export function shortDigest(digest: string): string {
  return digest.replace(/^(\w+):(.{7}).+$/, '$1:$2');
}
