import { parseImageLabels } from './imageLabels';
import { IMAGE_CONFIG_MEDIA_TYPES, type Manifest } from './manifest';
import type { ImageSource } from './types';

/** Reads the content of a repository, by digest. */
export interface ContentReader {
  /** Undefined if it doesn't exist, or is no manifest of an image. */
  manifest(digest: string): Promise<Manifest | undefined>;
  /** The configuration of an image; undefined if it isn't what the digest says. */
  config(digest: string): Promise<string | undefined>;
}

/**
 * What an image says it was built from. The first image of an index stands for all of
 * them: a build makes them from the same commit.
 */
export async function findImageSource(
  reader: ContentReader,
  digest: string,
): Promise<ImageSource | undefined> {
  const manifest = await reader.manifest(digest);
  if (manifest?.kind !== 'index' || manifest.source?.revision) {
    return ofImage(reader, manifest);
  }
  const first = manifest.children.find(({ platform }) => platform);
  return (
    (first && (await ofImage(reader, await reader.manifest(first.digest)))) ??
    manifest.source
  );
}

async function ofImage(
  reader: ContentReader,
  manifest: Manifest | undefined,
): Promise<ImageSource | undefined> {
  if (manifest?.kind !== 'image' || manifest.source?.revision) {
    return manifest?.source;
  }
  const { config, source } = manifest;
  if (
    !config ||
    // Without a type, it is one of an image.
    !IMAGE_CONFIG_MEDIA_TYPES.includes(
      config.mediaType ?? IMAGE_CONFIG_MEDIA_TYPES[0],
    )
  ) {
    return source;
  }
  const text = await reader.config(config.digest);
  return (
    (text === undefined ? undefined : parseImageLabels(text).source) ?? source
  );
}
