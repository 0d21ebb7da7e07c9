import { parseReference } from '../../images/grammar';

/**
 * The tag and digest of an image reference; `''` means "not given".
 *
 * @public
 */
export interface ContainerImageTag {
  name: string;
  digest: string;
}

/**
 * An image as the updater sees it, from the image list or running in an
 * application.
 *
 * @public
 */
export interface ContainerImage {
  /** Host of the registry; empty for Docker Hub's short names. */
  registry: string;
  name: string;
  tag?: ContainerImageTag;
  alias: string;
  /** The text that it was read from. */
  original: string;
  /** The image that the Kustomize base names, if another one replaces it. */
  kustomizeImage?: ContainerImage;
}

/**
 * Reads `[alias=]registry/repository[:tag][@digest]`, where the tag may be a
 * version constraint.
 *
 * A text that isn't a valid reference (most constraints aren't valid tags) is
 * split by the older, laxer rules. They have surprises: they recognize a
 * registry only by a dot in its name, so `localhost:5000/x:~1` is an image
 * named `localhost`.
 *
 * @public
 */
export function parseContainerImage(identifier: string): ContainerImage {
  const equals = identifier.indexOf('=');
  const alias = equals < 0 ? '' : identifier.slice(0, equals);
  const text = identifier.slice(equals + 1);
  const reference = parseReference(text);
  if (!reference) {
    return { ...splitLoosely(text), alias, original: identifier };
  }
  const { domain, path, tag, digest } = reference;
  return {
    // Docker Hub is named only if the text names it.
    registry:
      domain === 'docker.io' && !text.startsWith('docker.io') ? '' : domain,
    name: text.startsWith('library/') ? path : path.replace(/^library\//, ''),
    tag:
      tag === undefined && digest === undefined
        ? undefined
        : { name: tag ?? '', digest: digest ?? '' },
    alias,
    original: identifier,
  };
}

function splitLoosely(text: string): {
  registry: string;
  name: string;
  tag?: ContainerImageTag;
} {
  const rest = withoutRegistryPrefix(text);
  // The registry is detected only before a further `=`, the name in the whole
  // text.
  const [beforeEquals] = text.split('=', 1);
  const registry = hasRegistryPrefix(beforeEquals)
    ? beforeEquals.slice(0, beforeEquals.indexOf('/'))
    : '';
  const at = rest.indexOf('@');
  if (at >= 0) {
    const before = rest.slice(0, at);
    const digest = rest.slice(at + 1);
    const colon = before.lastIndexOf(':');
    return colon > before.lastIndexOf('/')
      ? {
          registry,
          name: before.slice(0, colon),
          tag: { name: before.slice(colon + 1), digest },
        }
      : { registry, name: before, tag: { name: '', digest } };
  }
  const colon = rest.indexOf(':');
  return colon < 0
    ? { registry, name: rest }
    : {
        registry,
        name: rest.slice(0, colon),
        tag: { name: rest.slice(colon + 1), digest: '' },
      };
}

/**
 * `registry/name`.
 *
 * @public
 */
export function fullImageName({ registry, name }: ContainerImage): string {
  return registry === '' || name.startsWith(`${registry}/`)
    ? name
    : `${registry}/${name}`;
}

/**
 * `registry/name[:tag][@digest]`.
 *
 * @public
 */
export function fullImageReference(image: ContainerImage): string {
  const tag = image.tag?.name ? `:${image.tag.name}` : '';
  const digest = image.tag?.digest ? `@${image.tag.digest}` : '';
  return `${fullImageName(image)}${tag}${digest}`;
}

/**
 * `[alias=]registry/name[:tag][@digest]`.
 *
 * @public
 */
export function imageListEntry(image: ContainerImage): string {
  return `${image.alias ? `${image.alias}=` : ''}${fullImageReference(image)}`;
}

/**
 * The tag, followed by `@` and the digest if there is one. A digest without a
 * tag gets the tag `latest`.
 *
 * @public
 */
export function tagWithDigest({ tag }: ContainerImage): string {
  if (!tag?.digest) {
    return tag?.name ?? '';
  }
  return `${tag.name || 'latest'}@${tag.digest}`;
}

/**
 * How messages and events name a tag: by its digest, if it has one.
 *
 * @public
 */
export function tagText(tag: ContainerImageTag): string {
  return tag.digest || tag.name;
}

/**
 * Whether two tags are the same. If either has a digest, only digests count.
 *
 * @public
 */
export function sameImageTag(
  a: ContainerImageTag,
  b: ContainerImageTag,
): boolean {
  return a.digest || b.digest ? a.digest === b.digest : a.name === b.name;
}

/**
 * The first image in a list with the same registry and name, whatever its tag.
 *
 * @public
 */
export function findImage(
  images: readonly ContainerImage[],
  wanted: ContainerImage,
): ContainerImage | undefined {
  return (
    (wanted.kustomizeImage && findImage(images, wanted.kustomizeImage)) ??
    images.find(
      ({ registry, name }) =>
        registry === wanted.registry && name === wanted.name,
    )
  );
}

/**
 * A copy with another tag and without the original text.
 *
 * @public
 */
export function withImageTag(
  image: ContainerImage,
  tag?: ContainerImageTag,
): ContainerImage {
  const { registry, name, alias } = image;
  return { registry, name, alias, tag, original: '' };
}

/**
 * Whether an image's name begins with a registry host, recognized by a dot.
 *
 * @public
 */
export function hasRegistryPrefix(name: string): boolean {
  const [first, ...others] = name.split('/');
  return others.length > 0 && first.includes('.');
}

/**
 * The name without its registry host.
 *
 * @public
 */
export function withoutRegistryPrefix(name: string): string {
  return hasRegistryPrefix(name) ? name.slice(name.indexOf('/') + 1) : name;
}
