import type {
  DeploymentsResponse,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The instances to explain above the list. One that can't be reached is explained
 * beside its application, unless several applications would repeat it. Without
 * annotations, no instance is searched.
 *
 * @internal
 */
export function instancesToExplain(
  response: DeploymentsResponse,
): InstanceStatus[] {
  const { instances, environments } = response;
  if (!hasAnnotations(response)) {
    return [];
  }
  return instances.filter(
    instance =>
      wasNeverRead(instance) ||
      (instance.state === 'unreachable' &&
        (environments.length === 0 || hasSeveral(instance, response))),
  );
}

/**
 * Whether applications may match that aren't known, because an instance was
 * never read.
 *
 * @internal
 */
export function isIncomplete(response: DeploymentsResponse): boolean {
  return hasAnnotations(response) && response.instances.some(wasNeverRead);
}

function wasNeverRead({ state, lastReceivedAt }: InstanceStatus): boolean {
  return state !== 'live' && lastReceivedAt === undefined;
}

function hasSeveral(
  { name }: InstanceStatus,
  { environments }: DeploymentsResponse,
): boolean {
  const own = environments
    .flatMap(({ deployments }) => deployments)
    .filter(({ application }) => application.instance === name);
  return own.length > 1;
}

function hasAnnotations({ locator }: DeploymentsResponse): boolean {
  return Object.keys(locator.annotations).length > 0;
}
