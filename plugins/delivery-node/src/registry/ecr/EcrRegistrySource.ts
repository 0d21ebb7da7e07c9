import {
  paginateDescribeImages,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import pLimit from 'p-limit';
import { unlessAborted } from '../../abort';
import { byAge, uniqueImages, withChildren } from '../images';
import { findImageSource } from '../imageSource';
import { INDEX_MEDIA_TYPES, MANIFEST_MEDIA_TYPES } from '../manifest';
import type {
  FoundRepositories,
  ImageSource,
  ListImagesOptions,
  RegistryImage,
  RegistrySource,
} from '../types';
import { EcrBuilds } from './EcrBuilds';
import type { EcrClients } from './EcrClients';
import type { EcrHosts } from './EcrHosts';
import { EcrIndexes } from './EcrIndexes';
import { EcrScans } from './EcrScans';
import { EcrTagMutability } from './EcrTagMutability';
import { EcrTaggedRepositories } from './EcrTaggedRepositories';
import { type EcrRepository, readConfig, readManifests } from './manifests';
import type { EcrRegistry } from './parseEcrHost';
import type { EcrSearchPlace } from './readEcrSearch';
import { toRegistryImage } from './toRegistryImage';

const PAGE_SIZE = 1000;
/** Calls are throttled per account and region. */
const CONCURRENT_REPOSITORIES = 3;

/**
 * Images in Amazon ECR: the list with `DescribeImages`, the content of indexes
 * with `BatchGetImage`, builds from the images' configurations if requested,
 * and scans with `DescribeImageScanFindings` if the list doesn't include them.
 *
 * @public
 */
export class EcrRegistrySource implements RegistrySource {
  static create(options: {
    clients: EcrClients;
    hosts: EcrHosts;
    logger?: LoggerService;
    /**
     * Where to search repositories by their tags; default: in the main account.
     */
    searched?: EcrSearchPlace[];
  }): EcrRegistrySource {
    return new EcrRegistrySource(options);
  }

  private readonly limits = new Map<string, pLimit.Limit>();
  private readonly clients: EcrClients;
  private readonly hosts: EcrHosts;
  private readonly indexes: EcrIndexes;
  private readonly builds: EcrBuilds;
  private readonly scans: EcrScans;
  private readonly mutability: EcrTagMutability;
  private readonly tagged: EcrTaggedRepositories;

  private constructor(options: Parameters<typeof EcrRegistrySource.create>[0]) {
    this.clients = options.clients;
    this.hosts = options.hosts;
    this.indexes = EcrIndexes.create(options);
    this.builds = EcrBuilds.create(options);
    this.scans = EcrScans.create(options);
    this.mutability = EcrTagMutability.create(options);
    this.tagged = EcrTaggedRepositories.create({
      ...options,
      searched: options.searched ?? [{}],
    });
  }

  covers(repository: string): boolean {
    return this.hosts.parse(repository) !== undefined;
  }

  async listImages(
    repository: string,
    options: ListImagesOptions = {},
  ): Promise<RegistryImage[]> {
    return this.limited(repository, options, (found, registry) =>
      this.read(repository, found, registry, options),
    );
  }

  async tagMutability(
    repository: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<TagMutability | undefined> {
    return this.limited(repository, options, found =>
      this.mutability.read(found, options.signal),
    );
  }

  async imageSource(
    { repository, digest }: { repository: string; digest: string },
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ImageSource | undefined> {
    return this.limited(repository, { signal }, found =>
      findImageSource(
        {
          async manifest(wanted) {
            const pages = readManifests(found, [wanted], {
              mediaTypes: [...INDEX_MEDIA_TYPES, ...MANIFEST_MEDIA_TYPES],
              signal,
            });
            for await (const manifests of pages) {
              return manifests.get(wanted);
            }
            return undefined;
          },
          config: wanted => readConfig(found, wanted, signal),
        },
        digest,
      ),
    );
  }

  private async limited<T>(
    repository: string,
    { signal }: { signal?: AbortSignal },
    read: (found: EcrRepository, registry: EcrRegistry) => Promise<T>,
  ): Promise<T> {
    const parsed = this.hosts.parse(repository);
    if (!parsed) {
      throw new InputError(`${repository} isn't in a known ECR registry`);
    }
    const { registry, name } = parsed;
    // An aborted caller frees its place, even if a call is still running.
    return this.limitOf(registry)(() =>
      unlessAborted(signal, async () =>
        read(
          {
            client: await this.clients.getClient(registry),
            registryId: registry.accountId,
            repositoryName: name,
          },
          registry,
        ),
      ),
    );
  }

  private async read(
    repository: string,
    found: EcrRepository,
    registry: EcrRegistry,
    options: ListImagesOptions,
  ): Promise<RegistryImage[]> {
    const images = await describeImages(
      found,
      { repository, region: registry.region },
      options.signal,
    );
    const children = await this.indexes.childrenOf(
      found,
      images,
      options.signal,
    );
    const whole = withChildren(images, children);
    return this.scans.withScans(
      found,
      await this.builds.withBuilds(found, whole, options),
      options,
    );
  }

  async findRepositories(
    tags: Record<string, string>,
    options: { signal?: AbortSignal } = {},
  ): Promise<FoundRepositories> {
    return this.tagged.find(tags, options);
  }

  private limitOf({ accountId, region }: EcrRegistry): pLimit.Limit {
    const key = `${accountId}/${region}`;
    const limit = this.limits.get(key) ?? pLimit(CONCURRENT_REPOSITORIES);
    this.limits.set(key, limit);
    return limit;
  }
}

/** All images, newest first. */
async function describeImages(
  { client, registryId, repositoryName }: EcrRepository,
  { repository, region }: { repository: string; region: string },
  abortSignal: AbortSignal | undefined,
): Promise<RegistryImage[]> {
  const images: RegistryImage[] = [];
  try {
    // Pages aren't ordered by time, so the newest image may be on any of them.
    const pages = paginateDescribeImages(
      { client, pageSize: PAGE_SIZE },
      { registryId, repositoryName },
      { abortSignal },
    );
    for await (const { imageDetails } of pages) {
      for (const detail of imageDetails ?? []) {
        const image = toRegistryImage(repository, detail);
        if (image) {
          images.push(image);
        }
      }
    }
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) {
      throw new NotFoundError(
        `The repository '${repositoryName}' doesn't exist in ECR of account ${registryId} in ${region}`,
        error,
      );
    }
    throw error;
  }
  return uniqueImages(images).sort(byAge);
}
