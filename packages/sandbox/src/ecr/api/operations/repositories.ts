import { z } from 'zod';
import { repositoryArn } from '../../events/imageEvents';
import { invalidParameter } from '../../model/errors';
import { pageOf } from '../../model/paging';
import type {
  ExclusionFilter,
  RegistryIdentity,
  RepositorySettings,
} from '../../model/types';
import { operation, type Operations, seconds } from '../operation';
import {
  encryptionType,
  exclusionFilters,
  mutability,
  paging,
  registryInput,
  repositoryInput,
  repositoryName,
  resourceTags,
  scanningConfiguration,
} from '../schemas';

const createInput = repositoryInput.extend({
  imageTagMutability: mutability.optional(),
  imageTagMutabilityExclusionFilters: exclusionFilters,
  imageScanningConfiguration: scanningConfiguration.optional(),
  encryptionConfiguration: z
    .object({ encryptionType, kmsKey: z.string().min(1).max(2048).optional() })
    .optional(),
  tags: resourceTags.optional(),
});

export const repositoryOperations: Operations = {
  CreateRepository: operation(createInput, (input, { registry }) => {
    const encryption = input.encryptionConfiguration ?? {
      encryptionType: 'AES256' as const,
    };
    const chosen = input.imageTagMutability ?? 'MUTABLE';
    const repository = registry.createRepository({
      name: input.repositoryName,
      createdAt: Date.now(),
      mutability: chosen,
      exclusionFilters: checkExclusions(
        chosen,
        input.imageTagMutabilityExclusionFilters,
      ),
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      encryption:
        encryption.encryptionType === 'AES256'
          ? { encryptionType: 'AES256' }
          : {
              encryptionType: encryption.encryptionType,
              kmsKey: encryption.kmsKey ?? managedKey(registry.identity),
            },
      tags: input.tags ?? [],
      vulnerabilities: [],
    });
    return {
      repository: describe(repository.settings, registry.identity),
    };
  }),

  DescribeRepositories: operation(
    registryInput.extend({
      repositoryNames: z.array(repositoryName).min(1).max(100).optional(),
      ...paging,
    }),
    (input, { registry }) => {
      const { repositoryNames: names, nextToken, maxResults } = input;
      if (names && (nextToken !== undefined || maxResults !== undefined)) {
        throw invalidParameter(
          'repositoryNames',
          'must not be combined with maxResults or nextToken',
        );
      }
      const page = names
        ? { items: [...new Set(names)].map(name => registry.repository(name)) }
        : pageOf({
            items: registry.list(),
            keyOf: repository => repository.settings.name,
            maxResults,
            nextToken,
          });
      return {
        repositories: page.items.map(({ settings }) =>
          describe(settings, registry.identity),
        ),
        nextToken: 'nextToken' in page ? page.nextToken : undefined,
      };
    },
  ),

  DeleteRepository: operation(
    repositoryInput.extend({ force: z.boolean().optional() }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      registry.deleteRepository(repository, input.force ?? false);
      return {
        repository: describe(repository.settings, registry.identity),
      };
    },
  ),

  PutImageTagMutability: operation(
    repositoryInput.extend({
      imageTagMutability: mutability,
      imageTagMutabilityExclusionFilters: exclusionFilters,
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const filters = checkExclusions(
        input.imageTagMutability,
        input.imageTagMutabilityExclusionFilters,
      );
      repository.updateSettings({
        ...repository.settings,
        mutability: input.imageTagMutability,
        exclusionFilters: filters,
      });
      return {
        registryId: registry.identity.accountId,
        repositoryName: input.repositoryName,
        imageTagMutability: input.imageTagMutability,
        ...exclusionFields(filters),
      };
    },
  ),

  PutImageScanningConfiguration: operation(
    repositoryInput.extend({
      imageScanningConfiguration: scanningConfiguration,
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false;
      repository.updateSettings({ ...repository.settings, scanOnPush });
      return {
        registryId: registry.identity.accountId,
        repositoryName: input.repositoryName,
        imageScanningConfiguration: { scanOnPush },
      };
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

function checkExclusions(
  chosen: RepositorySettings['mutability'],
  filters: ExclusionFilter[] | undefined,
): ExclusionFilter[] {
  if (chosen.endsWith('_WITH_EXCLUSION') !== (filters !== undefined)) {
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
