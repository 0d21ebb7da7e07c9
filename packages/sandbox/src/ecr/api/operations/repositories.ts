import { z } from 'zod';
import { repositoryArn } from '../../events/imageEvents';
import { pageOf } from '../../model/paging';
import {
  encryptionSchema,
  mutabilitySchema,
  type RegistryIdentity,
  type RepositorySettings,
  resourceTagsSchema,
} from '../../model/types';
import {
  operation,
  type Operations,
  paging,
  placeOf,
  repositoryName,
  repositoryOperation,
  seconds,
} from '../operation';

const scanningConfiguration = z.object({
  scanOnPush: z.boolean().default(false),
});

export const repositoryOperations: Operations = {
  CreateRepository: operation(
    z.object({
      repositoryName,
      imageTagMutability: mutabilitySchema.default('MUTABLE'),
      imageScanningConfiguration: scanningConfiguration.optional(),
      encryptionConfiguration: encryptionSchema.optional(),
      tags: resourceTagsSchema.default([]),
    }),
    (input, { registry }) => {
      const { encryptionType = 'AES256', kmsKey } =
        input.encryptionConfiguration ?? {};
      const { settings } = registry.createRepository({
        name: input.repositoryName,
        createdAt: Date.now(),
        mutability: input.imageTagMutability,
        scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
        encryption:
          encryptionType === 'AES256'
            ? { encryptionType }
            : {
                encryptionType,
                kmsKey: kmsKey ?? managedKey(registry.identity),
              },
        tags: input.tags,
        vulnerabilities: [],
      });
      return { repository: describe(settings, registry.identity) };
    },
  ),

  DescribeRepositories: operation(
    z.object({
      repositoryNames: z.array(repositoryName).min(1).max(100).optional(),
      ...paging,
    }),
    (input, { registry }) => {
      const { repositoryNames: names } = input;
      const page = names
        ? { items: [...new Set(names)].map(name => registry.repository(name)) }
        : pageOf(registry.list(), ({ settings }) => settings.name, input);
      return {
        repositories: page.items.map(({ settings }) =>
          describe(settings, registry.identity),
        ),
        nextToken: 'nextToken' in page ? page.nextToken : undefined,
      };
    },
  ),

  DeleteRepository: repositoryOperation(
    z.object({ force: z.boolean().default(false) }),
    (repository, { force }, { registry }) => {
      registry.deleteRepository(repository, force);
      return { repository: describe(repository.settings, registry.identity) };
    },
  ),

  PutImageTagMutability: repositoryOperation(
    z.object({ imageTagMutability: mutabilitySchema }),
    (repository, { imageTagMutability }, context) => {
      repository.updateSettings({ mutability: imageTagMutability });
      return { ...placeOf(repository, context), imageTagMutability };
    },
  ),

  PutImageScanningConfiguration: repositoryOperation(
    z.object({ imageScanningConfiguration: scanningConfiguration }),
    (repository, { imageScanningConfiguration }, context) => {
      repository.updateSettings(imageScanningConfiguration);
      return { ...placeOf(repository, context), imageScanningConfiguration };
    },
  ),
};

/** A repository as the API returns it. */
function describe(settings: RepositorySettings, identity: RegistryIdentity) {
  return {
    repositoryArn: repositoryArn(identity, settings.name),
    registryId: identity.accountId,
    repositoryName: settings.name,
    repositoryUri: `${new URL(identity.url).host}/${settings.name}`,
    createdAt: seconds(settings.createdAt),
    imageTagMutability: settings.mutability,
    imageScanningConfiguration: { scanOnPush: settings.scanOnPush },
    encryptionConfiguration: settings.encryption,
  };
}

/** The ARN of the account's AWS-managed key. */
function managedKey({ accountId, region }: RegistryIdentity): string {
  return `arn:aws:kms:${region}:${accountId}:key/00000000-0000-4000-8000-000000000000`;
}
