import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** The content of a minimal image. */
export interface ImageContent {
  /** Content of the image's only file, `/app/content.txt`. */
  content: string;
  labels?: Record<string, string>;
  /**
   * When the image was created. The updater's newest-build strategy sorts by
   * it.
   */
  created: Date;
  /** `os/architecture[/variant]`; `linux/amd64` by default. */
  platform?: string;
}

/** A blob or manifest with its digest. */
export interface Content {
  digest: string;
  bytes: Buffer;
}

/** A real but small OCI image: one layer with one file. */
export interface Image {
  mediaType: string;
  manifest: Content;
  config: Content;
  layer: Content;
}

/**
 * Builds an image. The same content gives the same digests on every machine.
 */
export function buildImage(options: ImageContent): Image {
  const tar = tarOf('app/content.txt', Buffer.from(options.content));
  const compressed = gzipSync(tar, { level: 9 });
  // Byte 9 of the gzip header is the operating system. Always "unknown", so
  // that the digest doesn't depend on the machine.
  compressed[9] = 255;
  const layer = contentOf(compressed);
  const config = jsonContent({
    created: options.created.toISOString(),
    ...platformOf(options.platform),
    config: options.labels ? { Labels: options.labels } : {},
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    history: [
      { created: options.created.toISOString(), created_by: 'sandbox' },
    ],
  });
  const manifest = jsonContent({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor(CONFIG, config),
    layers: [descriptor(LAYER, layer)],
  });
  return { mediaType: MANIFEST, manifest, config, layer };
}

/** An index of images, each for its platform. */
export function buildIndex(
  images: { image: Image; platform: string }[],
): Content & { mediaType: string } {
  return {
    mediaType: INDEX,
    ...jsonContent({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: images.map(({ image, platform }) => ({
        ...descriptor(MANIFEST, image.manifest),
        platform: platformOf(platform),
      })),
    }),
  };
}

function platformOf(text = 'linux/amd64') {
  const [os, architecture, variant] = text.split('/');
  return { architecture, os, ...(variant && { variant }) };
}

function descriptor(mediaType: string, { digest, bytes }: Content) {
  return { mediaType, digest, size: bytes.length };
}

function jsonContent(value: object): Content {
  return contentOf(Buffer.from(JSON.stringify(value)));
}

function contentOf(bytes: Buffer): Content {
  return { digest: digestOf(bytes), bytes };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

const BLOCK = 512;

/** A tar archive (ustar) with one file and no modification time. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  // The checksum is calculated with its own field filled with spaces.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding, Buffer.alloc(2 * BLOCK)]);
}
