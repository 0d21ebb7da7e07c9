import {
  fullImageName,
  type ImageApplication,
  type ImageItem,
  type ImageVersion,
  type RegistryVersion,
  toPushedImage,
  versionsOf,
} from '@landfall/backstage-plugin-delivery-common';

/** One version for each tag, as the updater sees a registry. @internal */
export function toVersions(items: readonly ImageItem[]): RegistryVersion[] {
  return items.flatMap(item => versionsOf(toPushedImage(item)));
}

/**
 * The references of what an application runs of an image, as its policy names
 * the image. None where the policy names another one than what runs.
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

/** `sha256:1a2b3c4…`, and all of it on hover. @internal */
export function shortDigest(digest: string): string {
  return digest.replace(/^(\w+):(.{7}).+$/, '$1:$2');
}
