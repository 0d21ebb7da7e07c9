import { InputError } from '@backstage/errors';

/** The region that an environment's clusters pull images in. */
export interface EnvironmentRegion {
  environment: string;
  region: string;
}

/** As AWS names them, such as eu-west-1 and us-gov-east-1. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$/;

/**
 * The regions by environment; environments without an entry use the region of the
 * AWS configuration.
 *
 * @throws InputError for an environment that the service doesn't have, or has two
 * regions for, and for text that is no region
 */
export function regionsOf(
  listed: readonly EnvironmentRegion[],
  environments: readonly string[],
): ReadonlyMap<string, string> {
  const regions = new Map<string, string>();
  for (const { environment, region } of listed) {
    if (!environments.includes(environment)) {
      throw new InputError(
        `The service has no environment ${JSON.stringify(
          environment,
        )}, but a region for it. Choose the environment, or remove the region`,
      );
    }
    if (regions.has(environment)) {
      throw new InputError(
        `The environment ${environment} has two regions. Leave one of them`,
      );
    }
    if (!REGION.test(region)) {
      throw new InputError(
        `${JSON.stringify(
          region,
        )} is not an AWS region: write one such as eu-west-1`,
      );
    }
    regions.set(environment, region);
  }
  return regions;
}
