import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  LifecyclePolicyNotFoundException,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  type Repository,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
  RepositoryPolicyNotFoundException,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecr';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { isDeepStrictEqual } from 'node:util';

/** What a repository is to be like. */
export interface RepositorySpec {
  name: string;
  imageTagMutability: 'IMMUTABLE' | 'MUTABLE';
  scanOnPush: boolean;
  encryption: { type: 'AES256' | 'KMS' | 'KMS_DSSE'; kmsKey?: string };
  /** Absent: left as it is. */
  lifecyclePolicy?: JsonObject;
  /** Absent: left as it is. */
  repositoryPolicy?: JsonObject;
  /** Added to those that are there; others stay. */
  tags: Record<string, string>;
}

/** What was found and done. */
export interface EnsuredRepository {
  uri: string;
  arn: string;
  registryId: string;
  created: boolean;
  /** What had to be changed on a repository that existed, in words. */
  changes: string[];
}

/**
 * Makes a repository be as described: creates it, or reads it, compares and
 * converges. It never deletes or recreates one.
 */
export class RepositoryEnsurer {
  readonly #client: ECRClient;
  readonly #signal: AbortSignal | undefined;

  constructor(client: ECRClient, signal?: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** What is there now; undefined if there is no such repository. */
  async find(name: string): Promise<Repository | undefined> {
    try {
      const { repositories } = await this.#client.send(
        new DescribeRepositoriesCommand({ repositoryNames: [name] }),
        { abortSignal: this.#signal },
      );
      return repositories?.[0];
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Throws a `ConflictError` if the repository exists with another encryption,
   * which ECR can't change.
   */
  async ensure(spec: RepositorySpec): Promise<EnsuredRepository> {
    const existing = await this.find(spec.name);
    const repository = existing ?? (await this.#create(spec));
    const { repositoryUri, repositoryArn, registryId } = repository;
    if (!repositoryUri || !repositoryArn || !registryId) {
      throw new Error(
        `ECR described the repository ${spec.name} without its URI, ARN or registry`,
      );
    }
    checkEncryption(repository, spec);
    const changes = [
      ...(await this.#convergeMutability(repository, spec)),
      ...(await this.#convergeScanning(repository, spec)),
      ...(await this.#convergeLifecyclePolicy(spec)),
      ...(await this.#convergeRepositoryPolicy(spec)),
      ...(await this.#convergeTags(repositoryArn, spec)),
    ];
    return {
      uri: repositoryUri,
      arn: repositoryArn,
      registryId,
      created: !existing,
      changes: existing ? changes : [],
    };
  }

  async #create(spec: RepositorySpec): Promise<Repository> {
    try {
      const { repository } = await this.#client.send(
        new CreateRepositoryCommand({
          repositoryName: spec.name,
          imageTagMutability: spec.imageTagMutability,
          imageScanningConfiguration: { scanOnPush: spec.scanOnPush },
          encryptionConfiguration: {
            encryptionType: spec.encryption.type,
            kmsKey: spec.encryption.kmsKey,
          },
          tags: Object.entries(spec.tags).map(([Key, Value]) => ({
            Key,
            Value,
          })),
        }),
        { abortSignal: this.#signal },
      );
      if (repository) {
        return repository;
      }
    } catch (error) {
      if (!(error instanceof RepositoryAlreadyExistsException)) {
        throw error;
      }
      // Someone else made it between our read and now.
    }
    const repository = await this.find(spec.name);
    if (!repository) {
      throw new Error(
        `ECR created the repository ${spec.name} but doesn't describe it; run it again`,
      );
    }
    return repository;
  }

  async #convergeMutability(
    repository: Repository,
    spec: RepositorySpec,
  ): Promise<string[]> {
    if (repository.imageTagMutability === spec.imageTagMutability) {
      return [];
    }
    await this.#client.send(
      new PutImageTagMutabilityCommand({
        repositoryName: spec.name,
        imageTagMutability: spec.imageTagMutability,
      }),
      { abortSignal: this.#signal },
    );
    return [
      `tag mutability ${repository.imageTagMutability} → ${spec.imageTagMutability}`,
    ];
  }

  async #convergeScanning(
    repository: Repository,
    spec: RepositorySpec,
  ): Promise<string[]> {
    const now = repository.imageScanningConfiguration?.scanOnPush ?? false;
    if (now === spec.scanOnPush) {
      return [];
    }
    await this.#client.send(
      new PutImageScanningConfigurationCommand({
        repositoryName: spec.name,
        imageScanningConfiguration: { scanOnPush: spec.scanOnPush },
      }),
      { abortSignal: this.#signal },
    );
    return [`scan on push ${now} → ${spec.scanOnPush}`];
  }

  async #convergeLifecyclePolicy(spec: RepositorySpec): Promise<string[]> {
    if (!spec.lifecyclePolicy) {
      return [];
    }
    const now = await this.#client
      .send(new GetLifecyclePolicyCommand({ repositoryName: spec.name }), {
        abortSignal: this.#signal,
      })
      .then(
        ({ lifecyclePolicyText }) => lifecyclePolicyText,
        error => {
          if (error instanceof LifecyclePolicyNotFoundException) {
            return undefined;
          }
          throw error;
        },
      );
    if (sameJson(now, spec.lifecyclePolicy)) {
      return [];
    }
    await this.#client.send(
      new PutLifecyclePolicyCommand({
        repositoryName: spec.name,
        lifecyclePolicyText: JSON.stringify(spec.lifecyclePolicy),
      }),
      { abortSignal: this.#signal },
    );
    return [now ? 'lifecycle policy replaced' : 'lifecycle policy added'];
  }

  async #convergeRepositoryPolicy(spec: RepositorySpec): Promise<string[]> {
    if (!spec.repositoryPolicy) {
      return [];
    }
    const now = await this.#client
      .send(new GetRepositoryPolicyCommand({ repositoryName: spec.name }), {
        abortSignal: this.#signal,
      })
      .then(
        ({ policyText }) => policyText,
        error => {
          if (error instanceof RepositoryPolicyNotFoundException) {
            return undefined;
          }
          throw error;
        },
      );
    if (sameJson(now, spec.repositoryPolicy)) {
      return [];
    }
    await this.#client.send(
      new SetRepositoryPolicyCommand({
        repositoryName: spec.name,
        policyText: JSON.stringify(spec.repositoryPolicy),
      }),
      { abortSignal: this.#signal },
    );
    return [now ? 'repository policy replaced' : 'repository policy added'];
  }

  async #convergeTags(arn: string, spec: RepositorySpec): Promise<string[]> {
    if (Object.keys(spec.tags).length === 0) {
      return [];
    }
    const { tags = [] } = await this.#client.send(
      new ListTagsForResourceCommand({ resourceArn: arn }),
      { abortSignal: this.#signal },
    );
    const now = new Map(tags.map(({ Key, Value }) => [Key, Value]));
    const missing = Object.entries(spec.tags).filter(
      ([key, value]) => now.get(key) !== value,
    );
    if (missing.length === 0) {
      return [];
    }
    await this.#client.send(
      new TagResourceCommand({
        resourceArn: arn,
        tags: missing.map(([Key, Value]) => ({ Key, Value })),
      }),
      { abortSignal: this.#signal },
    );
    return [`tags ${missing.map(([key]) => key).join(', ')} set`];
  }
}

function checkEncryption(repository: Repository, spec: RepositorySpec) {
  const { encryptionType = 'AES256', kmsKey } =
    repository.encryptionConfiguration ?? {};
  const sameKey = !spec.encryption.kmsKey || kmsKey === spec.encryption.kmsKey;
  if (encryptionType !== spec.encryption.type || !sameKey) {
    throw new ConflictError(
      `The repository ${spec.name} exists with encryption ${encryptionType}${
        kmsKey ? ` (${kmsKey})` : ''
      }, and ${spec.encryption.type}${
        spec.encryption.kmsKey ? ` (${spec.encryption.kmsKey})` : ''
      } was asked for. ECR can't change the encryption of a repository: ask for the one it has, or choose another name.`,
    );
  }
}

/** ECR gives policies back as text, with its own white space and order of keys. */
function sameJson(text: string | undefined, wanted: JsonObject): boolean {
  if (!text) {
    return false;
  }
  try {
    return isDeepStrictEqual(JSON.parse(text), wanted);
  } catch {
    return false;
  }
}
