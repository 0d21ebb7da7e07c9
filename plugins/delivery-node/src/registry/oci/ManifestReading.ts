import { NotFoundError } from '@backstage/errors';
import type {
  ImageBuild,
  ImageDetails,
} from '@landfall/backstage-plugin-delivery-common';
import type pLimit from 'p-limit';
import {
  IMAGE_CONFIG_MEDIA_TYPES,
  INDEX_MEDIA_TYPES,
  MANIFEST_MEDIA_TYPES,
  isContentOf,
  type Manifest,
  parseImageConfig,
  parseManifest,
} from '../manifest';
import type { RegistryImage } from '../types';
import type { OciClient } from './OciClient';

/** The media types to request for a manifest. */
export const ACCEPTED = [...INDEX_MEDIA_TYPES, ...MANIFEST_MEDIA_TYPES];

/** Few retries: the list of tags matters most, manifests are an addition. */
const ATTEMPTS = 2;

/** The details of an image from its manifest and configuration. */
export type ManifestFacts = ImageDetails & Pick<RegistryImage, 'builds'>;

/**
 * One pass over the manifests of a repository. It stops at the first failure.
 */
export class ManifestReading {
  failure: unknown;

  constructor(
    private readonly options: { client: OciClient; limit: pLimit.Limit },
    private readonly scope: { repository: string; signal?: AbortSignal },
  ) {}

  /** Undefined if it doesn't exist or can't be read. */
  async read(digest: string): Promise<ManifestFacts | undefined> {
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

  private async details(digest: string): Promise<ManifestFacts | undefined> {
    const { headers, body } = await this.get(`manifests/${digest}`, ACCEPTED);
    const mediaType = headers.get('content-type')?.split(';')[0].trim();
    const known = mediaType ? { mediaType } : {};
    if (!isContentOf(digest, body)) {
      return undefined;
    }
    const manifest = parseManifest(body.toString());
    switch (manifest?.kind) {
      case 'index':
        return { ...known, children: manifest.children };
      case 'image': {
        const { sizeInBytes, artifactMediaType } = manifest;
        const build = await this.build(manifest);
        return {
          ...known,
          ...(sizeInBytes !== undefined && { sizeInBytes }),
          ...(artifactMediaType && { artifactMediaType }),
          ...(build && { builds: [build] }),
        };
      }
      default:
        return known;
    }
  }

  private async build({
    config,
  }: Extract<Manifest, { kind: 'image' }>): Promise<ImageBuild | undefined> {
    if (
      !config?.mediaType ||
      !IMAGE_CONFIG_MEDIA_TYPES.includes(config.mediaType)
    ) {
      return undefined;
    }
    const { body } = await this.get(`blobs/${config.digest}`, undefined, true);
    return isContentOf(config.digest, body)
      ? parseImageConfig(body.toString())
      : undefined;
  }

  private async get(path: string, accept?: string[], isBlob = false) {
    const { repository, signal } = this.scope;
    return this.options.client.send({
      repository,
      path,
      accept,
      isBlob,
      attempts: ATTEMPTS,
      signal,
    });
  }
}
