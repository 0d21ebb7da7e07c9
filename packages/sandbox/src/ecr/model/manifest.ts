import { z } from 'zod';
import { invalidParameter } from './errors';
import { DIGEST_PATTERN } from './types';

/** By kind of manifest: OCI's media type, which is the default, and Docker's. */
export const MEDIA_TYPES = {
  image: [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ],
  index: [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
  ],
};

const descriptorSchema = z.object({
  mediaType: z.string().optional(),
  digest: z.string().regex(DIGEST_PATTERN),
  size: z.number().int().nonnegative(),
});

const common = {
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
};

const manifestSchema = z.union([
  z.object({ ...common, manifests: z.array(descriptorSchema) }),
  z.object({
    ...common,
    config: descriptorSchema,
    layers: z.array(descriptorSchema),
  }),
]);

/** What the registry needs to know about a manifest. */
export interface Manifest {
  mediaType: string;
  artifactMediaType?: string;
  /**
   * Compressed size of config and layers. 0 for an index, because its size
   * follows from its images.
   */
  sizeInBytes: number;
  /** Blobs that must exist in the repository: config and layers. */
  blobs: string[];
  /** Images that must exist in the repository: the images of an index. */
  children: string[];
}

/**
 * Parses a manifest: image manifests and indexes of OCI and of Docker.
 *
 * @param declaredMediaType - the `Content-Type`, or `imageManifestMediaType`
 * @throws EcrError `InvalidParameterException` for anything else
 */
export function parseManifest(
  text: string,
  declaredMediaType?: string,
): Manifest {
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw invalidParameter(
      'imageManifest',
      'must be an image manifest or an image index of schema version 2 with sha256 digests',
    );
  }
  const { data } = parsed;
  const allowed = MEDIA_TYPES['manifests' in data ? 'index' : 'image'];
  const mediaType = declaredMediaType ?? data.mediaType ?? allowed[0];
  if (
    !allowed.includes(mediaType) ||
    (data.mediaType ?? mediaType) !== mediaType
  ) {
    throw invalidParameter(
      'imageManifestMediaType',
      `must be the manifest's own media type and one of ${allowed.join(', ')}`,
    );
  }
  if ('manifests' in data) {
    return {
      mediaType,
      artifactMediaType: data.artifactType,
      sizeInBytes: 0,
      blobs: [],
      children: data.manifests.map(({ digest }) => digest),
    };
  }
  const { config, layers } = data;
  return {
    mediaType,
    artifactMediaType: data.artifactType ?? config.mediaType,
    sizeInBytes: layers.reduce((sum, { size }) => sum + size, config.size),
    blobs: [config, ...layers].map(({ digest }) => digest),
    children: [],
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
