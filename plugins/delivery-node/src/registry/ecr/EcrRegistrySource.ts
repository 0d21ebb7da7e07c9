import {
  type ImageDetail,
  paginateDescribeImages,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';
import pLimit from 'p-limit';
import type { RegistryImage, RegistrySource } from '../types';
import type { EcrClients } from './EcrClients';
import type { EcrHosts } from './EcrHosts';

const PAGE_SIZE = 1000;
const CONCURRENT_REPOSITORIES = 3;

/**
 * Images in Amazon ECR, by `DescribeImages`.
 *
 * @public
 */
export class EcrRegistrySource implements RegistrySource {
  static create(options: {
    clients: EcrClients;
    hosts: EcrHosts;
  }): EcrRegistrySource {
    return new EcrRegistrySource(options.clients, options.hosts);
  }

  private readonly limit = pLimit(CONCURRENT_REPOSITORIES);

  private constructor(
    private readonly clients: EcrClients,
    private readonly hosts: EcrHosts,
  ) {}

  covers(repository: string): boolean {
    return this.hosts.parse(repository) !== undefined;
  }

  async listImages(
    repository: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<RegistryImage[]> {
    return this.limit(async () => {
      options.signal?.throwIfAborted();
      return this.readAll(repository, options.signal);
    });
  }

  private async readAll(
    repository: string,
    abortSignal: AbortSignal | undefined,
  ): Promise<RegistryImage[]> {
    const parsed = this.hosts.parse(repository);
    if (!parsed) {
      throw new InputError(`${repository} is not in a known ECR registry`);
    }
    const { registry, name } = parsed;
    const client = await this.clients.getClient(registry);
    const images: RegistryImage[] = [];
    try {
      // The pages come in no order of time: only all of them have the newest.
      const pages = paginateDescribeImages(
        { client, pageSize: PAGE_SIZE },
        { registryId: registry.accountId, repositoryName: name },
        { abortSignal },
      );
      for await (const { imageDetails } of pages) {
        for (const detail of imageDetails ?? []) {
          const image = toImage(repository, detail);
          if (image) {
            images.push(image);
          }
        }
      }
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) {
        throw new NotFoundError(
          `There is no repository '${name}' in ECR of account ${registry.accountId} in ${registry.region}`,
          error,
        );
      }
      throw error;
    }
    return images.sort(byAge);
  }
}

function toImage(
  repository: string,
  detail: ImageDetail,
): RegistryImage | undefined {
  const { imageDigest, imageTags, imagePushedAt } = detail;
  if (!imageDigest) {
    return undefined;
  }
  return {
    repository,
    digest: imageDigest,
    tags: imageTags ?? [],
    pushedAt: imagePushedAt?.toISOString(),
    sizeInBytes: detail.imageSizeInBytes,
    mediaType: detail.imageManifestMediaType,
    lastPulledAt: detail.lastRecordedPullTime?.toISOString(),
    scan: toScan(detail),
  };
}

/** Of basic scanning the time that it ended, of enhanced scanning that of the last change. */
function toScan({
  imageScanStatus: status,
  imageScanFindingsSummary: summary,
}: ImageDetail): ImageScan | undefined {
  if (!status?.status) {
    return undefined;
  }
  const at =
    summary?.imageScanCompletedAt ?? summary?.vulnerabilitySourceUpdatedAt;
  return {
    status: status.status,
    ...(status.description && { description: status.description }),
    ...(at && { at: at.toISOString() }),
    ...(summary?.findingSeverityCounts && {
      severities: summary.findingSeverityCounts,
    }),
  };
}

/** Newest first; those without a time last. */
function byAge(a: RegistryImage, b: RegistryImage): number {
  return (
    Date.parse(b.pushedAt ?? '1970-01-01') -
      Date.parse(a.pushedAt ?? '1970-01-01') || a.digest.localeCompare(b.digest)
  );
}
