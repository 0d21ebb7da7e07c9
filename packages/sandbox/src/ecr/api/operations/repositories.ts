import { z } from 'zod';
import { repositoryArn } from '../../events/imageEvents';
import { invalidParameter } from '../../model/errors';
import { pageOf } from '../../model/paging';
import {
  type ExclusionFilter,
  exclusionFilterSchema,
  MUTABILITIES,
  type RegistryIdentity,
  type RepositorySettings,
  repositorySettingsSchema,
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

const mutabilityInput = {
  imageTagMutability: z.enum(MUTABILITIES),
  imageTagMutabilityExclusionFilters: z
    .array(exclusionFilterSchema)
    .min(1)
    .max(5)
    .optional(),
};

const scanningConfiguration = z.object({
  scanOnPush: z.boolean().default(false),
});

export const repositoryOperations: Operations = {
  CreateRepository: operation(
    z.object({
      repositoryName,
      ...mutabilityInput,
      imageTagMutability: z.enum(MUTABILITIES).default('MUTABLE'),
      imageScanningConfiguration: scanningConfiguration.optional(),
      encryptionConfiguration:
        repositorySettingsSchema.shape.encryption.optional(),
      tags: resourceTagsSchema.default([]),
    }),
    (input, { registry }) => {
      const { encryptionType = 'AES256', kmsKey } =
        input.encryptionConfiguration ?? {};
      const { settings } = registry.createRepository({
        name: input.repositoryName,
        createdAt: Date.now(),
        mutability: input.imageTagMutability,
        exclusionFilters: exclusionsOf(input),
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
    z.object(mutabilityInput),
    (repository, input, context) => {
      const { imageTagMutability } = input;
      const exclusionFilters = exclusionsOf(input);
      repository.updateSettings({
        mutability: imageTagMutability,
        exclusionFilters,
      });
      return {
        ...placeOf(repository, context),
        imageTagMutability,
        ...exclusionFields(exclusionFilters),
      };
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
    ...exclusionFields(settings.exclusionFilters),
    imageScanningConfiguration: { scanOnPush: settings.scanOnPush },
    encryptionConfiguration: settings.encryption,
  };
}

function exclusionFields(filters: ExclusionFilter[]) {
  return filters.length > 0
    ? { imageTagMutabilityExclusionFilters: filters }
    : {};
}

function exclusionsOf(input: {
  imageTagMutability: RepositorySettings['mutability'];
  imageTagMutabilityExclusionFilters?: ExclusionFilter[];
}): ExclusionFilter[] {
  const filters = input.imageTagMutabilityExclusionFilters;
  if (input.imageTagMutability.endsWith('_WITH_EXCLUSION') !== !!filters) {
    throw invalidParameter(
      'imageTagMutabilityExclusionFilters',
      'must be given with IMMUTABLE_WITH_EXCLUSION and MUTABLE_WITH_EXCLUSION, and only then',
    );
  }
  return filters ?? [];
}

/** The ARN of the account's AWS-managed key. */
function managedKey({ accountId, region }: RegistryIdentity): string {
  return `arn:aws:kms:${region}:${accountId}:key/00000000-0000-4000-8000-000000000000`;
}
