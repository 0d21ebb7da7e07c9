import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Media types of OCI images. */
export const MEDIA_TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** The content of a minimal image. */
export interface ImageContent {
  /** The image's only file. */
  file: { path: string; content: Buffer | string; executable?: boolean };
  labels?: Record<string, string>;
  entrypoint?: string[];
  /**
   * When the image was created. The updater's newest-build strategy sorts by
   * it. A text is stored as it is.
   */
  created?: Date | string;
  /** `os/architecture[/variant]`; `linux/amd64` by default. */
  platform?: string;
}

/** A blob or manifest with its digest. */
export interface Content {
  digest: string;
  bytes: Buffer;
}

/** A real but small OCI image: one layer with one file. */
export interface BuiltImage {
  mediaType: string;
  manifest: Content;
  config: Content;
  layer: Content;
}

/**
 * Builds an image. The same content gives the same digests on every machine.
 */
export function buildImage(options: ImageContent): BuiltImage {
  const { labels, entrypoint, platform } = options;
  const created =
    options.created instanceof Date
      ? options.created.toISOString()
      : options.created;
  const tar = tarOf(options.file);
  const compressed = gzipSync(tar, { level: 9 });
  // Byte 9 of the gzip header is the operating system. Always "unknown", so
  // that the digest doesn't depend on the machine.
  compressed[9] = 255;
  const layer = contentOf(compressed);
  const config = contentOf({
    created,
    ...platformOf(platform),
    config: { Labels: labels, Entrypoint: entrypoint },
    rootfs: { type: 'layers', diff_ids: [contentOf(tar).digest] },
    history: [{ created, created_by: 'landfall' }],
  });
  const manifest = buildManifest(config, [layer]);
  return { mediaType: MEDIA_TYPES.manifest, manifest, config, layer };
}

/** The manifest of an image. */
export function buildManifest(config: Content, layers: Content[]): Content {
  return contentOf({
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    config: descriptorOf(MEDIA_TYPES.config, config),
    layers: layers.map(layer => descriptorOf(MEDIA_TYPES.layer, layer)),
  });
}

/** An index of images, each for its platform. */
export function buildIndex(
  images: {
    image: Pick<BuiltImage, 'mediaType' | 'manifest'>;
    platform: string;
  }[],
): Content & { mediaType: string } {
  const mediaType = MEDIA_TYPES.index;
  const manifests = images.map(({ image, platform }) => ({
    ...descriptorOf(image.mediaType, image.manifest),
    platform: platformOf(platform),
  }));
  return {
    mediaType,
    ...contentOf({ schemaVersion: 2, mediaType, manifests }),
  };
}

function platformOf(text = 'linux/amd64') {
  const [os, architecture, variant] = text.split('/');
  return { architecture, os, variant };
}

function descriptorOf(mediaType: string, { digest, bytes }: Content) {
  return { mediaType, digest, size: bytes.length };
}

/**
 * Adds the digest of a content.
 *
 * @param value - bytes, or an object that is stored as JSON
 */
export function contentOf(value: object): Content {
  const bytes = Buffer.isBuffer(value)
    ? value
    : Buffer.from(JSON.stringify(value));
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { digest: `sha256:${hash}`, bytes };
}

const BLOCK = 512;

/** A tar archive (ustar) with one file and no modification time. */
function tarOf({ path, content, executable }: ImageContent['file']): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  const fields: [offset: number, text: string][] = [
    [0, path],
    [100, executable ? '0000755\0' : '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${bytes.length.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'],
    // The checksum is calculated with its own field filled with spaces.
    [148, '        '],
    [156, '0'],
    [257, 'ustar\x0000'],
  ];
  fields.forEach(([offset, text]) => header.write(text, offset));
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, bytes, padding, Buffer.alloc(2 * BLOCK)]);
}
