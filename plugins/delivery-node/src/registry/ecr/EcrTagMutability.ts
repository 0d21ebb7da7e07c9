import {
  DescribeRepositoriesCommand,
  ImageTagMutability,
  type Repository,
} from '@aws-sdk/client-ecr';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import { RepositoryFailures } from '../RepositoryFailures';
import { type EcrRepository, repositoryLabel } from './manifests';

const KEPT = 20_000;
/** The setting rarely changes. */
const KEPT_MS = 3_600_000;
/** Pause before another attempt if the permission is missing. */
const FAILED_MS = 15 * 60_000;

/**
 * Whether the tags of repositories can move. This is an addition to the list of
 * images: if it can't be read, that is reported once per repository.
 */
export class EcrTagMutability {
  static create(options: { logger?: LoggerService } = {}): EcrTagMutability {
    return new EcrTagMutability(
      RepositoryFailures.create({ ...options, pauseMs: FAILED_MS }),
    );
  }

  private readonly kept = new LRUCache<string, TagMutability>({
    max: KEPT,
    ttl: KEPT_MS,
  });

  private constructor(private readonly failures: RepositoryFailures) {}

  /** Undefined if it can't be read. */
  async read(
    repository: EcrRepository,
    signal?: AbortSignal,
  ): Promise<TagMutability | undefined> {
    const name = repositoryLabel(repository);
    const known = this.kept.get(name);
    if (known || this.failures.isPaused(name)) {
      return known;
    }
    try {
      const mutability = await describe(repository, signal);
      if (mutability) {
        this.kept.set(name, mutability);
      }
      this.failures.succeeded(name);
      return mutability;
    } catch (error) {
      signal?.throwIfAborted();
      this.failures.failed(
        name,
        `Whether the tags of ${name} are immutable can't be read. This requires the permission ecr:DescribeRepositories: ${error}`,
      );
      return undefined;
    }
  }
}

async function describe(
  { client, registryId, repositoryName }: EcrRepository,
  abortSignal: AbortSignal | undefined,
): Promise<TagMutability | undefined> {
  const { repositories = [] } = await client.send(
    new DescribeRepositoriesCommand({
      registryId,
      repositoryNames: [repositoryName],
    }),
    { abortSignal },
  );
  const found = repositories.find(
    repository => repository.repositoryName === repositoryName,
  );
  return found && toTagMutability(found);
}

/** Undefined for a setting that isn't known. */
function toTagMutability({
  imageTagMutability,
  imageTagMutabilityExclusionFilters = [],
}: Repository): TagMutability | undefined {
  const exceptions = imageTagMutabilityExclusionFilters.flatMap(
    ({ filter }) => filter ?? [],
  );
  switch (imageTagMutability) {
    case ImageTagMutability.MUTABLE:
      return { isMutable: true, exceptions: [] };
    case ImageTagMutability.IMMUTABLE:
      return { isMutable: false, exceptions: [] };
    case ImageTagMutability.MUTABLE_WITH_EXCLUSION:
      return { isMutable: true, exceptions };
    case ImageTagMutability.IMMUTABLE_WITH_EXCLUSION:
      return { isMutable: false, exceptions };
    default:
      return undefined;
  }
}
