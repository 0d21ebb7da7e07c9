import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  type Repository,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { ConflictError } from '@backstage/errors';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import {
  describeChange,
  type Difference,
  differencesOf,
  encryptionDifference,
  mayChange,
  type RepositorySpec,
  type RepositoryState,
} from './differences';
import { encryptionOf, RepositorySettings } from './RepositorySettings';

/** What was found and done. */
export interface EnsuredRepository {
  uri: string;
  arn: string;
  registryId: string;
  created: boolean;
  /** What was changed on an existing repository, in words. */
  changes: string[];
  /** What differs from the request, and was left as it is. */
  differences: Difference[];
}

export interface EnsureOptions {
  /**
   * True: settings of a repository that isn't ours are changed, too, and a policy
   * of ours is replaced. A lifecycle policy of others is never replaced.
   */
  converge?: boolean;
}

/**
 * Creates a repository, or compares an existing one with the request. `converge`
 * aside, it changes an existing one only if that carries the tag of the same
 * entity. It never deletes or recreates one.
 */
export class RepositoryEnsurer {
  readonly #client: ECRClient;
  readonly #abort: { abortSignal?: AbortSignal };

  constructor(client: ECRClient, signal?: AbortSignal) {
    this.#client = client;
    this.#abort = { abortSignal: signal };
  }

  /**
   * Throws a `ConflictError` before anything is written: if the repository exists
   * with the tag of another entity, or if one that may be changed has another
   * encryption, which ECR can't change.
   */
  async ensure(
    spec: RepositorySpec,
    options: EnsureOptions = {},
  ): Promise<EnsuredRepository> {
    const existing = await this.#find(spec.name);
    const created = existing ? undefined : await this.#create(spec);
    // Someone else may have created it since the first read.
    const repository = existing ?? created ?? (await this.#find(spec.name));
    const { repositoryUri, repositoryArn, registryId } = repository ?? {};
    if (!repository || !repositoryUri || !repositoryArn || !registryId) {
      throw new Error(
        `ECR returned the repository ${spec.name} without URI, ARN or registry. Run this again`,
      );
    }
    const done = created
      ? await this.#complete(created, repositoryArn, spec)
      : await this.#converge(repository, repositoryArn, spec, options);
    return {
      uri: repositoryUri,
      arn: repositoryArn,
      registryId,
      created: created !== undefined,
      ...done,
    };
  }

  /**
   * Changes nothing. Throws a `ConflictError` if the repository exists with the tag
   * of another entity.
   */
  async check(
    spec: RepositorySpec,
    { converge = false }: EnsureOptions = {},
  ): Promise<void> {
    const existing = await this.#find(spec.name);
    if (existing?.repositoryArn) {
      const state = await this.#settings(spec).read(
        existing,
        existing.repositoryArn,
      );
      isOurRepository(state, spec, converge);
    }
  }

  async #find(name: string): Promise<Repository | undefined> {
    try {
      const { repositories } = await this.#client.send(
        new DescribeRepositoriesCommand({ repositoryNames: [name] }),
        this.#abort,
      );
      return repositories?.[0];
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  /** Undefined if it exists. The same call sets the mark: no task sees it without. */
  async #create(spec: RepositorySpec): Promise<Repository | undefined> {
    const tags = spec.entityRef
      ? { ...spec.tags, [ENTITY_REF_MARK]: spec.entityRef }
      : spec.tags;
    try {
      const { repository } = await this.#client.send(
        new CreateRepositoryCommand({
          repositoryName: spec.name,
          imageTagMutability: spec.imageTagMutability,
          imageScanningConfiguration: { scanOnPush: spec.scanOnPush },
          encryptionConfiguration: {
            encryptionType: spec.encryption?.type ?? 'AES256',
            kmsKey: spec.encryption?.kmsKey,
          },
          tags: toTagList(tags),
        }),
        this.#abort,
      );
      return repository;
    } catch (error) {
      if (error instanceof RepositoryAlreadyExistsException) {
        return undefined;
      }
      throw error;
    }
  }

  /** Sets what can't be part of the call that creates a repository. */
  async #complete(repository: Repository, arn: string, spec: RepositorySpec) {
    checkEncryption(
      spec.name,
      encryptionDifference(encryptionOf(repository), spec.encryption),
    );
    const settings = this.#settings(spec);
    if (spec.lifecyclePolicy) {
      await settings.write('lifecyclePolicy', arn);
    }
    if (spec.repositoryPolicy) {
      await settings.write('repositoryPolicy', arn);
    }
    return { changes: [], differences: [] };
  }

  async #converge(
    repository: Repository,
    arn: string,
    spec: RepositorySpec,
    { converge = false }: EnsureOptions,
  ) {
    const settings = this.#settings(spec);
    const state = await settings.read(repository, arn);
    const isOurs = isOurRepository(state, spec, converge);
    const found = differencesOf(state, spec);
    if (isOurs || converge) {
      checkEncryption(spec.name, found);
    }
    const changes: string[] = [];
    const differences: Difference[] = [];
    for (const difference of found) {
      if (mayChange(difference, { isOurs, converge })) {
        await settings.write(difference.setting, arn);
        changes.push(describeChange(difference));
      } else {
        differences.push(difference);
      }
    }
    return { changes, differences };
  }

  #settings(spec: RepositorySpec): RepositorySettings {
    return new RepositorySettings(this.#client, spec, this.#abort.abortSignal);
  }
}

/** Throws a `ConflictError` if a repository of another entity would be changed. */
function isOurRepository(
  { entityRef }: RepositoryState,
  spec: RepositorySpec,
  converge: boolean,
): boolean {
  const isOurs = entityRef !== undefined && entityRef === spec.entityRef;
  if (entityRef && !isOurs && (spec.entityRef || converge)) {
    throw new ConflictError(
      `The repository ${
        spec.name
      } belongs to ${entityRef} by its tag ${ENTITY_REF_MARK}, not to ${
        spec.entityRef ?? 'this run, which has no entityRef'
      }. Nothing was changed: choose another name.`,
    );
  }
  return isOurs;
}

function checkEncryption(name: string, differences: Difference[]): void {
  const difference = differences.find(
    ({ setting }) => setting === 'encryption',
  );
  if (difference) {
    throw new ConflictError(
      `The repository ${name} exists with encryption ${difference.current}, and ${difference.wanted} was requested. ECR can't change the encryption of a repository. Set the existing one, or choose another name.`,
    );
  }
}

function toTagList(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
