import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Architecture, sleepingProgram } from './program';

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** A blob or manifest with its digest. */
export interface Content {
  digest: string;
  bytes: Buffer;
}

export interface Image {
  manifest: Content;
  config: Content;
  layer: Content;
}

/**
 * A small image that really runs: its only file sleeps. Different labels give
 * different digests.
 *
 * @param options - `created`: what the updater's newest-build strategy sorts by
 */
export function buildImage(options: {
  architecture: Architecture;
  label: string;
  created: Date;
}): Image {
  const tar = tarOf('sleep', sleepingProgram(options.architecture));
  const layer = contentOf(gzipSync(tar));
  const config = jsonOf({
    created: options.created.toISOString(),
    architecture: options.architecture,
    os: 'linux',
    config: {
      Entrypoint: ['/sleep'],
      Labels: { 'dev.landfall.conformance': options.label },
    },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    history: [{ created: options.created.toISOString() }],
  });
  const manifest = jsonOf({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor(CONFIG, config),
    layers: [descriptor(LAYER, layer)],
  });
  return { manifest, config, layer };
}

function descriptor(mediaType: string, { digest, bytes }: Content) {
  return { mediaType, digest, size: bytes.length };
}

function jsonOf(value: object): Content {
  return contentOf(Buffer.from(JSON.stringify(value)));
}

function contentOf(bytes: Buffer): Content {
  return { digest: digestOf(bytes), bytes };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

const BLOCK = 512;

/** A tar archive (ustar) with one executable file and no modification time. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000755\0', 100);
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
