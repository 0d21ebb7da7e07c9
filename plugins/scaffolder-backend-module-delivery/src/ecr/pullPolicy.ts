import type { JsonObject } from '@backstage/types';

/**
 * A repository policy with which other AWS accounts may pull images. Their own roles
 * need the same rights too.
 *
 * @param accountIds - their order doesn't matter
 * @param region - of the repository; it tells the partition of AWS. Default: the
 * ordinary one
 */
export function toPullPolicy(
  accountIds: readonly string[],
  region: string | undefined,
): JsonObject {
  const partition = partitionOf(region);
  const principals = [...new Set(accountIds)]
    .sort()
    .map(id => `arn:${partition}:iam::${id}:root`);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PullFromOtherAccounts',
        Effect: 'Allow',
        Principal: {
          // AWS returns a list of one as a text.
          AWS: principals.length === 1 ? principals[0] : principals,
        },
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
      },
    ],
  };
}

function partitionOf(region = ''): string {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
