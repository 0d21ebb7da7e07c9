import {
  type ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  LifecyclePolicyNotFoundException,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  type Repository,
  RepositoryPolicyNotFoundException,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecr';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { entityRefOfMark } from '../access';
import type {
  ChangeableSetting,
  RepositorySpec,
  RepositoryState,
} from './differences';

/** Reads and writes single settings of one ECR repository. Makes no decisions. */
export class RepositorySettings {
  readonly #client: ECRClient;
  readonly #abort: { abortSignal?: AbortSignal };
  readonly #spec: RepositorySpec;

  /** `spec` holds the repository's name and the values that are written. */
  constructor(
    client: ECRClient,
    spec: RepositorySpec,
    abortSignal: AbortSignal | undefined,
  ) {
    this.#client = client;
    this.#spec = spec;
    this.#abort = { abortSignal };
  }

  /** Policies are only read if the spec has one. */
  async read(repository: Repository, arn: string): Promise<RepositoryState> {
    const { lifecyclePolicy, repositoryPolicy } = this.#spec;
    const { tags: tagList = [] } = await this.#client.send(
      new ListTagsForResourceCommand({ resourceArn: arn }),
      this.#abort,
    );
    const tags = Object.fromEntries(
      tagList.map(({ Key = '', Value = '' }) => [Key, Value]),
    );
    return {
      entityRef: entityRefOfMark(tags[ENTITY_REF_MARK]),
      imageTagMutability: repository.imageTagMutability ?? 'MUTABLE',
      scanOnPush: repository.imageScanningConfiguration?.scanOnPush ?? false,
      encryption: encryptionOf(repository),
      lifecyclePolicy: lifecyclePolicy && (await this.#lifecyclePolicy()),
      repositoryPolicy: repositoryPolicy && (await this.#repositoryPolicy()),
      tags,
    };
  }

  /** Sets a setting to the value in the spec. */
  async write(setting: ChangeableSetting, arn: string): Promise<void> {
    const spec = this.#spec;
    const repositoryName = spec.name;
    switch (setting) {
      case 'imageTagMutability': {
        const { imageTagMutability } = spec;
        await this.#client.send(
          new PutImageTagMutabilityCommand({
            repositoryName,
            imageTagMutability,
          }),
          this.#abort,
        );
        break;
      }
      case 'scanOnPush': {
        const imageScanningConfiguration = { scanOnPush: spec.scanOnPush };
        await this.#client.send(
          new PutImageScanningConfigurationCommand({
            repositoryName,
            imageScanningConfiguration,
          }),
          this.#abort,
        );
        break;
      }
      case 'lifecyclePolicy': {
        const lifecyclePolicyText = JSON.stringify(spec.lifecyclePolicy);
        await this.#client.send(
          new PutLifecyclePolicyCommand({
            repositoryName,
            lifecyclePolicyText,
          }),
          this.#abort,
        );
        break;
      }
      case 'repositoryPolicy': {
        const policyText = JSON.stringify(spec.repositoryPolicy);
        await this.#client.send(
          new SetRepositoryPolicyCommand({ repositoryName, policyText }),
          this.#abort,
        );
        break;
      }
      default: {
        const key = setting.slice('tag '.length);
        const tags = [{ Key: key, Value: spec.tags[key] }];
        await this.#client.send(
          new TagResourceCommand({ resourceArn: arn, tags }),
          this.#abort,
        );
      }
    }
  }

  async #lifecyclePolicy(): Promise<string | undefined> {
    try {
      const { lifecyclePolicyText } = await this.#client.send(
        new GetLifecyclePolicyCommand({ repositoryName: this.#spec.name }),
        this.#abort,
      );
      return lifecyclePolicyText;
    } catch (error) {
      if (error instanceof LifecyclePolicyNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  async #repositoryPolicy(): Promise<string | undefined> {
    try {
      const { policyText } = await this.#client.send(
        new GetRepositoryPolicyCommand({ repositoryName: this.#spec.name }),
        this.#abort,
      );
      return policyText;
    } catch (error) {
      if (error instanceof RepositoryPolicyNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }
}

/** ECR's description may omit the encryption if it is the default. */
export function encryptionOf({
  encryptionConfiguration,
}: Repository): RepositoryState['encryption'] {
  return {
    type: encryptionConfiguration?.encryptionType ?? 'AES256',
    kmsKey: encryptionConfiguration?.kmsKey,
  };
}
