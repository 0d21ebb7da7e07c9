import type {
  Deployment,
  DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * What the Deployments card shows. By default, everything.
 *
 * @public
 */
export interface DeploymentsCardSettings {
  /** Names of the environments to show, in this order. */
  environments?: string[];
  /** How many environments to show at first; the others are a click away. */
  maxEnvironments?: number;
  /**
   * Image repositories that count, with or without the host of their registry:
   * `shop/api`, `shop/*`. `*` matches any characters but `/`. Other images, and
   * applications that run only such, are left out.
   */
  repositories?: string[];
}

/**
 * The part of a response that a card with these settings shows.
 *
 * @internal
 */
export function withSettings(
  response: DeploymentsResponse,
  { environments, repositories }: DeploymentsCardSettings = {},
): DeploymentsResponse {
  const ofEnvironments = environments
    ? environments.flatMap(name =>
        response.environments.filter(each => each.environment === name),
      )
    : response.environments;
  if (!repositories) {
    return { ...response, environments: ofEnvironments };
  }
  const counts = repositoryTest(repositories);
  return {
    ...response,
    environments: ofEnvironments.flatMap(each => {
      const deployments = each.deployments.flatMap(deployment =>
        withRepositories(deployment, counts),
      );
      return deployments.length > 0 ? [{ ...each, deployments }] : [];
    }),
  };
}

/** Nothing if it runs other images only; a new application has none yet. */
function withRepositories(
  deployment: Deployment,
  counts: (repository: string) => boolean,
): Deployment[] {
  const images = deployment.images.filter(({ repository }) =>
    counts(repository),
  );
  if (images.length === 0 && deployment.images.length > 0) {
    return [];
  }
  const { promotion, waiting, ...others } = deployment;
  return [
    {
      ...others,
      images,
      ...(promotion &&
        counts(promotion.repository) && {
          promotion,
          ...(waiting && { waiting }),
        }),
    },
  ];
}

function repositoryTest(
  patterns: readonly string[],
): (repository: string) => boolean {
  const tests = patterns.map(
    pattern =>
      new RegExp(
        `^${pattern
          .split('*')
          .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('[^/]*')}$`,
      ),
  );
  return repository => {
    const path = repository.slice(repository.indexOf('/') + 1);
    return tests.some(test => test.test(repository) || test.test(path));
  };
}

/**
 * The settings in words, to explain an empty card.
 *
 * @internal
 */
export function settingsWords({
  environments = [],
  repositories = [],
}: DeploymentsCardSettings): string {
  return [...environments, ...repositories].join(', ');
}
