import { z } from 'zod';
import { EcrError, invalidParameter } from './errors';
import { DIGEST_PATTERN } from './names';

/** ECR's quota for a manifest, in bytes. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_INDEX =
  'application/vnd.docker.distribution.manifest.list.v2+json';

const descriptorSchema = z.object({
  mediaType: z.string().optional(),
  digest: z.string().regex(DIGEST_PATTERN),
  size: z.number().int().nonnegative(),
  urls: z.array(z.string()).optional(),
});

const imageSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  config: descriptorSchema,
  layers: z.array(descriptorSchema),
});

const indexSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  manifests: z.array(descriptorSchema),
});

/** What the registry needs to know about a manifest. */
export interface Manifest {
  mediaType: string;
  artifactMediaType?: string;
  /**
   * Compressed size of config and layers. 0 for an index, because its size
   * follows from its images.
   */
  sizeInBytes: number;
  /**
   * Blobs that must exist in the repository: config and layers, except foreign
   * ones.
   */
  blobs: string[];
  /** Images that must exist in the repository: the images of an index. */
  children: string[];
}

/**
 * Parses a manifest: image manifests and indexes of OCI and of Docker.
 *
 * @param declaredMediaType - the `Content-Type`, or `imageManifestMediaType`;
 * must match the manifest's own
 * @throws EcrError `InvalidParameterException` for anything else
 */
export function parseManifest(
  text: string,
  declaredMediaType?: string,
): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalidParameter('imageManifest', 'Invalid JSON syntax');
  }
  const index = indexSchema.safeParse(json);
  if (index.success) {
    const { manifests, artifactType } = index.data;
    return {
      mediaType: mediaTypeOf(
        [OCI_INDEX, DOCKER_INDEX],
        index.data.mediaType,
        declaredMediaType,
      ),
      artifactMediaType: artifactType,
      sizeInBytes: 0,
      blobs: [],
      children: [...new Set(manifests.map(child => child.digest))],
    };
  }
  const image = imageSchema.safeParse(json);
  if (image.success) {
    const { config, layers, artifactType } = image.data;
    const local = layers.filter(
      layer => !layer.urls?.length && !layer.mediaType?.includes('foreign'),
    );
    return {
      mediaType: mediaTypeOf(
        [OCI_MANIFEST, DOCKER_MANIFEST],
        image.data.mediaType,
        declaredMediaType,
      ),
      artifactMediaType: artifactType ?? config.mediaType,
      sizeInBytes: layers.reduce((sum, layer) => sum + layer.size, config.size),
      blobs: [...new Set([config.digest, ...local.map(layer => layer.digest)])],
      children: [],
    };
  }
  throw invalidParameter(
    'imageManifest',
    'must be an image manifest or an image index of schema version 2 with sha256 digests',
  );
}

function mediaTypeOf(
  allowed: [string, string],
  own: string | undefined,
  declared: string | undefined,
): string {
  if (own && declared && own !== declared) {
    throw new EcrError(
      'InvalidParameterException',
      `Invalid parameter at 'imageManifestMediaType' failed to satisfy constraint: 'must be the manifest's own media type ${own}'`,
    );
  }
  const mediaType = own ?? declared ?? allowed[0];
  if (!allowed.includes(mediaType)) {
    throw invalidParameter(
      'imageManifestMediaType',
      `must be one of ${allowed.join(', ')} for a manifest of this form`,
    );
  }
  return mediaType;
}
