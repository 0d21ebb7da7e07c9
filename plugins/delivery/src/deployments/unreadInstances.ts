import type {
  DeploymentsResponse,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The instances to explain above the list. Those of listed applications that
 * can't be reached are explained beside each application. Without annotations,
 * no instance is searched.
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
      (environments.length === 0 && instance.state === 'unreachable'),
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

function hasAnnotations({ locator }: DeploymentsResponse): boolean {
  return Object.keys(locator.annotations).length > 0;
}
