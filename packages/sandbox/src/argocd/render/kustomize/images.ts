import { asArray, asObject, asString, isObject, type Obj } from '../../json';
import type { Manifest } from '../../types';

/** One entry of `images`. */
export interface ImageOverride {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
}

/**
 * Parses the Application's short form: `name=newname:tag`, `name:tag`,
 * `name@sha256:…`.
 */
export function parseImageOverride(text: string): ImageOverride {
  const equals = text.indexOf('=');
  const image = splitImage(equals < 0 ? text : text.slice(equals + 1));
  return {
    name: equals < 0 ? image.name : text.slice(0, equals),
    newName: equals < 0 ? undefined : image.name,
    newTag: image.tag,
    digest: image.digest,
  };
}

export function splitImage(image: string): {
  name: string;
  tag?: string;
  digest?: string;
} {
  const [rest, digest] = image.split('@', 2);
  const colon = rest.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  return colon > rest.lastIndexOf('/')
    ? { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest }
    : { name: rest, digest };
}

/** Replaces images in all containers, wherever they are in a manifest. */
export function withImages(
  manifests: Manifest[],
  overrides: ImageOverride[],
): Manifest[] {
  if (!overrides.length) {
    return manifests;
  }
  return manifests.map(manifest => ({
    ...manifest,
    ...replaceIn(manifest, overrides),
  }));
}

function replaceIn(value: Obj, overrides: ImageOverride[]): Obj {
  const result: Obj = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'containers' || key === 'initContainers') {
      result[key] = asArray(item).map(container =>
        replaceContainer(asObject(container), overrides),
      );
    } else if (Array.isArray(item)) {
      result[key] = item.map(entry =>
        isObject(entry) ? replaceIn(entry, overrides) : entry,
      );
    } else {
      result[key] = isObject(item) ? replaceIn(item, overrides) : item;
    }
  }
  return result;
}

function replaceContainer(container: Obj, overrides: ImageOverride[]): Obj {
  const image = asString(container.image);
  if (image === undefined) {
    return container;
  }
  return {
    ...container,
    image: overrides.reduce((current, override) => {
      const { name, tag, digest } = splitImage(current);
      if (name !== override.name) {
        return current;
      }
      const newName = override.newName || name;
      if (override.digest) {
        return `${newName}@${override.digest}`;
      }
      if (override.newTag !== undefined) {
        return `${newName}:${override.newTag}`;
      }
      return (
        newName +
        (tag === undefined ? '' : `:${tag}`) +
        (digest ? `@${digest}` : '')
      );
    }, image),
  };
}
