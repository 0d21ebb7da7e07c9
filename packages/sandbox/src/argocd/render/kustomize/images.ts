import { asArray, asObject, asString, isObject } from '../../json';
import type { Manifest } from '../../types';

/** One entry of `images`. */
interface ImageOverride {
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
  const [image, name] = text.split('=').reverse();
  const parts = splitImage(image);
  return {
    name: name ?? parts.name,
    newName: parts.name,
    newTag: parts.tag,
    digest: parts.digest,
  };
}

export function splitImage(image: string): {
  name: string;
  tag?: string;
  digest?: string;
} {
  const [rest, digest] = image.split('@', 2);
  // A colon before the last slash belongs to the registry's port.
  const [, name = rest, tag] = /^(.*):([^/:]*)$/.exec(rest) ?? [];
  return { name, tag, digest };
}

/** Replaces images in all containers, wherever they are in a manifest. */
export function withImages(
  manifests: Manifest[],
  overrides: ImageOverride[],
): Manifest[] {
  return manifests.map(manifest => ({
    ...manifest,
    spec: replaceIn(manifest.spec, overrides),
  }));
}

function replaceIn(value: unknown, overrides: ImageOverride[]): unknown {
  if (Array.isArray(value)) {
    return value.map(item => replaceIn(item, overrides));
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          key === 'containers' || key === 'initContainers'
            ? asArray(item).map(one => withImage(asObject(one), overrides))
            : replaceIn(item, overrides),
        ]),
      )
    : value;
}

function withImage(container: object, overrides: ImageOverride[]): object {
  const image = asString(asObject(container).image);
  return image === undefined
    ? container
    : { ...container, image: overrides.reduce(replaced, image) };
}

function replaced(
  image: string,
  { name, newName, newTag, digest }: ImageOverride,
): string {
  const version = image.slice(name.length);
  if (!image.startsWith(name) || !/^([:@][^/]*)?$/.test(version)) {
    return image;
  }
  const newVersion = newTag === undefined ? version : `:${newTag}`;
  return `${newName || name}${digest ? `@${digest}` : newVersion}`;
}
