import { InputError } from '@backstage/errors';
import type { EnsuredRepository } from './RepositoryEnsurer';

/** An account and a region; absent: those of the AWS configuration. */
export interface Place {
  accountId?: string;
  region?: string;
}

/** A place whose region is known. */
export type ReplicaPlace = Place & { region: string };

/**
 * Where a repository shall be: its own place first, then those of its replicas.
 *
 * @throws InputError for a region that is listed twice, and for a KMS key, which
 * belongs to one region
 */
export function placesOf(input: {
  accountId?: string;
  region?: string;
  replicas?: ReplicaPlace[];
  encryption?: { kmsKey?: string };
}): [Place, ...ReplicaPlace[]] {
  const { accountId, region, replicas = [], encryption } = input;
  const regions = [region, ...replicas.map(replica => replica.region)].filter(
    one => one !== undefined,
  );
  const twice = regions.find((one, index) => regions.indexOf(one) !== index);
  if (twice) {
    throw new InputError(
      `The region ${twice} is listed twice: list each of the replicas once, and not the region of the repository itself`,
    );
  }
  if (replicas.length > 0 && encryption?.kmsKey) {
    throw new InputError(
      "encryption.kmsKey is a key of one region, so it can't be that of replicas, too. Leave it out for AWS's own key, or use one step for each region",
    );
  }
  return [
    { accountId, region },
    ...replicas.map(replica => ({ accountId, ...replica })),
  ];
}

/** What a dry run says of a repository, without a request. */
export function dryRunAt(
  name: string,
  { accountId = '000000000000', region = 'eu-west-1' }: Place,
): EnsuredRepository {
  return {
    uri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
    registryId: accountId,
    created: false,
    changes: [],
    differences: [],
  };
}

/** What was done with a repository, in words. */
export function describeEnsured({
  uri,
  created,
  changes,
}: Pick<EnsuredRepository, 'uri' | 'created' | 'changes'>): string {
  if (created) {
    return `Created the repository ${uri}`;
  }
  return changes.length > 0
    ? `The repository ${uri} existed. Changed: ${changes.join(', ')}`
    : `The repository ${uri} existed. Nothing was changed`;
}
