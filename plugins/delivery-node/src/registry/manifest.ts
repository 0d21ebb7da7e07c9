import type {
  ImageBuild,
  ImageChild,
} from '@landfall/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { annotationsSchema, toImageSource } from './imageLabels';
import type { ImageSource } from './types';

/** Media types of manifests that list other manifests, one for each platform. */
export const INDEX_MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Media types of manifests of a single image. */
export const MANIFEST_MEDIA_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Media types of the configurations of container images. */
export const IMAGE_CONFIG_MEDIA_TYPES = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** True for the media type of a manifest that lists others. */
export function isIndex(mediaType: string | undefined): boolean {
  return mediaType !== undefined && INDEX_MEDIA_TYPES.includes(mediaType);
}

const digestSchema = z.string().regex(/^[a-z0-9+._-]+:[0-9a-zA-Z=_-]+$/);

const platformSchema = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().nullish(),
});

/** The parts of an OCI descriptor that are needed. */
const descriptorSchema = z.object({
  digest: digestSchema,
  mediaType: z.string().nullish(),
  size: z.number().nonnegative().nullish(),
  platform: platformSchema.nullish().catch(undefined),
});

type Descriptor = z.infer<typeof descriptorSchema>;

const indexSchema = z.object({
  manifests: z.array(descriptorSchema),
  annotations: annotationsSchema,
});

const imageSchema = z.object({
  config: descriptorSchema.optional(),
  layers: z.array(descriptorSchema).default([]),
  artifactType: z.string().optional(),
  annotations: annotationsSchema,
});

/**
 * The content of a manifest.
 *
 * @internal
 */
export type Manifest = {
  /** From its annotations. */
  source?: ImageSource;
} & (
  | { kind: 'index'; children: ImageChild[] }
  | {
      kind: 'image';
      /** The type of the artifact that the manifest describes. */
      artifactMediaType?: string;
      /**
       * Compressed bytes of its layers and configuration; absent if any size is
       * missing.
       */
      sizeInBytes?: number;
      config?: { digest: string; mediaType?: string };
    }
);

/**
 * Parses a manifest of the OCI image specification or of Docker's schema 2;
 * undefined if it is neither.
 */
export function parseManifest(text: string): Manifest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const index = indexSchema.safeParse(json);
  if (index.success) {
    const { manifests, annotations } = index.data;
    return {
      kind: 'index',
      children: manifests.map(toChild),
      ...toImageSource(annotations),
    };
  }
  const image = imageSchema.safeParse(json);
  if (!image.success || !image.data.config) {
    return undefined;
  }
  const { config, layers, artifactType, annotations } = image.data;
  const mediaType = config.mediaType ?? undefined;
  const sizeInBytes = sumOf([config, ...layers]);
  const artifactMediaType = artifactType ?? mediaType;
  return {
    kind: 'image',
    ...(artifactMediaType && { artifactMediaType }),
    ...(sizeInBytes !== undefined && { sizeInBytes }),
    config: { digest: config.digest, ...(mediaType && { mediaType }) },
    ...toImageSource(annotations),
  };
}

function toChild({ digest, platform }: Descriptor): ImageChild {
  // BuildKit lists its attestations beside the images, with the platform
  // `unknown/unknown`.
  if (!platform || platform.os === 'unknown') {
    return { digest };
  }
  return { digest, platform: textOf(platform) };
}

/**
 * Keeps all parts, even empty ones, so that the text can't match another
 * platform.
 */
function textOf({
  os,
  architecture,
  variant,
}: z.infer<typeof platformSchema>): string {
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

const configSchema = z.object({ created: z.string().nullish().catch('') });

/** Longer than any valid date. */
const MAX_DATE_LENGTH = 64;

/**
 * How an image was built, from its configuration. Without a readable date,
 * `builtAt` is empty.
 */
export function parseImageConfig(text: string): ImageBuild {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { builtAt: '' };
  }
  const { created } = configSchema.safeParse(json).data ?? {};
  const platform = platformSchema.safeParse(json).data;
  return {
    ...(platform && { platform: textOf(platform) }),
    builtAt: created && created.length <= MAX_DATE_LENGTH ? created : '',
  };
}

/**
 * Whether content matches its digest. Digests with other algorithms are
 * trusted.
 */
export function isContentOf(digest: string, content: Buffer): boolean {
  const [algorithm, hex] = digest.split(':');
  return (
    algorithm !== 'sha256' ||
    createHash('sha256').update(content).digest('hex') === hex
  );
}

function sumOf(parts: Descriptor[]): number | undefined {
  let sum = 0;
  for (const { size } of parts) {
    if (typeof size !== 'number') {
      return undefined;
    }
    sum += size;
  }
  return sum;
}
