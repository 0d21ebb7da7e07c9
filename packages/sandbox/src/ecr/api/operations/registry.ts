import { z } from 'zod';
import { EcrError, invalidParameter } from '../../model/errors';
import { DIGEST_PATTERN } from '../../model/names';
import type { Registry } from '../../Registry';
import type { RepositoryFolder } from '../../store/RepositoryFolder';
import { operation, type Operations, seconds } from '../operation';
import { registryInput, repositoryInput, resourceTags } from '../schemas';

const resourceInput = registryInput.extend({ resourceArn: z.string() });

export const registryOperations: Operations = {
  // `registryIds` is deprecated: one token works for every registry the caller
  // may use.
  GetAuthorizationToken: operation(
    registryInput.extend({ registryIds: z.array(z.string()).optional() }),
    (_input, { registry, tokens }) => {
      const { token, expiresAt } = tokens.issue();
      return {
        authorizationData: [
          {
            authorizationToken: Buffer.from(`AWS:${token}`).toString('base64'),
            expiresAt: seconds(expiresAt),
            proxyEndpoint: registry.identity.url,
          },
        ],
      };
    },
  ),

  GetDownloadUrlForLayer: operation(
    repositoryInput.extend({ layerDigest: z.string() }),
    (input, { registry, layers }) => {
      const { repositoryName, layerDigest } = input;
      const repository = registry.repository(repositoryName);
      const isDigest = DIGEST_PATTERN.test(layerDigest);
      if (
        !isDigest ||
        registry.blobsOf(repository).size(layerDigest) === undefined
      ) {
        throw new EcrError(
          'LayersNotFoundException',
          `The layer with digest '${layerDigest}' does not exist in the repository with name '${repositoryName}' in the registry with id '${registry.identity.accountId}'`,
        );
      }
      return {
        downloadUrl: layers.linkTo(repositoryName, layerDigest),
        layerDigest,
      };
    },
  ),

  TagResource: operation(
    resourceInput.extend({ tags: resourceTags }),
    (input, { registry }) => {
      const repository = repositoryOf(registry, input.resourceArn);
      const tags = new Map(
        [...repository.settings.tags, ...input.tags].map(tag => [tag.Key, tag]),
      );
      if (tags.size > 50) {
        throw invalidParameter('tags', 'at most 50 tags a resource');
      }
      repository.updateSettings({
        ...repository.settings,
        tags: [...tags.values()],
      });
      return {};
    },
  ),

  ListTagsForResource: operation(resourceInput, (input, { registry }) => ({
    tags: repositoryOf(registry, input.resourceArn).settings.tags,
  })),
};

function repositoryOf(registry: Registry, arn: string): RepositoryFolder {
  const { accountId, region } = registry.identity;
  const prefix = `arn:aws:ecr:${region}:${accountId}:repository/`;
  if (!arn.startsWith(prefix)) {
    throw invalidParameter('resourceArn', 'Invalid ARN');
  }
  return registry.repository(arn.slice(prefix.length));
}
