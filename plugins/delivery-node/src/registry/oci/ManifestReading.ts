import { NotFoundError } from '@backstage/errors';
import type { ImageDetails } from '@landfall/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';
import type pLimit from 'p-limit';
import { z } from 'zod';
import {
  IMAGE_CONFIG_MEDIA_TYPES,
  INDEX_MEDIA_TYPES,
  MANIFEST_MEDIA_TYPES,
  type Manifest,
  parseManifest,
} from '../manifest';
import type { OciClient } from './OciClient';

/** What is asked for, where a manifest is read. */
export const ACCEPTED = [...INDEX_MEDIA_TYPES, ...MANIFEST_MEDIA_TYPES];

/** The list of tags is what matters: what stands beside it isn't asked for again and again. */
const ATTEMPTS = 2;

/** Before this, builds that want to be reproducible set their time: it says nothing. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');

const configSchema = z.object({ created: z.string().nullish() });

/** One go over the manifests of a repository, which ends with the first failure. */
export class ManifestReading {
  failure: unknown;

  constructor(
    private readonly options: { client: OciClient; limit: pLimit.Limit },
    private readonly scope: { repository: string; signal?: AbortSignal },
  ) {}

  /** Undefined: not there, or not known. */
  async read(digest: string): Promise<ImageDetails | undefined> {
    return this.options.limit(async () => {
      if (this.failure !== undefined) {
        return undefined;
      }
      try {
        return await this.details(digest);
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          this.failure ??= error;
        }
        return undefined;
      }
    });
  }

  private async details(digest: string): Promise<ImageDetails | undefined> {
    const { headers, body } = await this.get(`manifests/${digest}`, ACCEPTED);
    const mediaType = headers.get('content-type')?.split(';')[0].trim();
    const known = mediaType ? { mediaType } : {};
    if (!isOf(digest, body)) {
      return undefined;
    }
    const manifest = parseManifest(body.toString());
    switch (manifest?.kind) {
      case 'index':
        return { ...known, children: manifest.children };
      case 'image': {
        const { sizeInBytes, artifactMediaType } = manifest;
        const createdAt = await this.createdAt(manifest);
        return {
          ...known,
          ...(sizeInBytes !== undefined && { sizeInBytes }),
          ...(artifactMediaType && { artifactMediaType }),
          ...(createdAt && { createdAt }),
        };
      }
      default:
        return known;
    }
  }

  private async createdAt({
    config,
  }: Extract<Manifest, { kind: 'image' }>): Promise<string | undefined> {
    if (
      !config?.mediaType ||
      !IMAGE_CONFIG_MEDIA_TYPES.includes(config.mediaType)
    ) {
      return undefined;
    }
    const { body } = await this.get(`blobs/${config.digest}`);
    if (!isOf(config.digest, body)) {
      return undefined;
    }
    return parseCreated(body.toString());
  }

  private async get(path: string, accept?: string[]) {
    const { repository, signal } = this.scope;
    return this.options.client.send({
      repository,
      path,
      accept,
      attempts: ATTEMPTS,
      signal,
    });
  }
}

/** Whether a content is what its digest says; those of other algorithms are believed. */
function isOf(digest: string, content: Buffer): boolean {
  const [algorithm, hex] = digest.split(':');
  return (
    algorithm !== 'sha256' ||
    createHash('sha256').update(content).digest('hex') === hex
  );
}

function parseCreated(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const created = Date.parse(configSchema.safeParse(json).data?.created ?? '');
  return created >= EARLIEST ? new Date(created).toISOString() : undefined;
}
