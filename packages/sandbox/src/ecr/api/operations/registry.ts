import { z } from 'zod';
import { EcrError, invalidParameter } from '../../model/errors';
import { DIGEST_PATTERN, resourceTagsSchema } from '../../model/types';
import type { Registry } from '../../Registry';
import type { Repository } from '../../store/Repository';
import {
  operation,
  type Operations,
  repositoryOperation,
  seconds,
} from '../operation';

/** The lifetime of ECR's authorization tokens. */
const TOKEN_LIFETIME_MS = 12 * 60 * 60 * 1000;

/** The lifetime of ECR's links to layers. */
const LINK_LIFETIME_MS = 60 * 60 * 1000;

/** What an authorization token gives access to. */
export const OCI_API = 'the OCI API';

const resourceArn = z.string();

export const registryOperations: Operations = {
  GetAuthorizationToken: operation(
    z.object({}),
    async (_input, { registry, signer }) => {
      const { token, expiresAt } = await signer.issue(
        OCI_API,
        TOKEN_LIFETIME_MS,
      );
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

  // ECR's links lead to S3. Like those, these need no credentials.
  GetDownloadUrlForLayer: repositoryOperation(
    z.object({ layerDigest: z.string() }),
    async (
      { settings: { name }, blobs },
      { layerDigest },
      { registry, signer },
    ) => {
      if (
        !DIGEST_PATTERN.test(layerDigest) ||
        blobs.size(layerDigest) === undefined
      ) {
        throw new EcrError(
          'LayersNotFoundException',
          `The layer with digest '${layerDigest}' does not exist in the repository with name '${name}'`,
        );
      }
      const path = `/v2/${name}/blobs/${layerDigest}`;
      const { token } = await signer.issue(path, LINK_LIFETIME_MS);
      const downloadUrl = `${registry.identity.url}${path}?token=${token}`;
      return { downloadUrl, layerDigest };
    },
  ),

  TagResource: operation(
    z.object({ resourceArn, tags: resourceTagsSchema }),
    (input, { registry }) => {
      const repository = repositoryOf(registry, input.resourceArn);
      const tags = new Map(
        [...repository.settings.tags, ...input.tags].map(tag => [tag.Key, tag]),
      );
      repository.updateSettings({ tags: [...tags.values()] });
      return {};
    },
  ),

  ListTagsForResource: operation(
    z.object({ resourceArn }),
    (input, { registry }) => ({
      tags: repositoryOf(registry, input.resourceArn).settings.tags,
    }),
  ),
};

function repositoryOf(registry: Registry, arn: string): Repository {
  const { accountId, region } = registry.identity;
  const prefix = `arn:aws:ecr:${region}:${accountId}:repository/`;
  if (!arn.startsWith(prefix)) {
    throw invalidParameter('resourceArn', 'Invalid ARN');
  }
  return registry.repository(arn.slice(prefix.length));
}
