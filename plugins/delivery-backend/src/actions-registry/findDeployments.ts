import type { CompoundEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  ApplicationRef,
  Deployment,
  DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';

/**
 * An application of an entity, in its environment.
 *
 * @internal
 */
export interface PlacedDeployment {
  environment: string;
  deployment: Deployment;
}

/**
 * The applications in a response, each with its environment.
 *
 * @internal
 * @param only - leaves out other environments
 */
export function placedDeployments(
  { environments }: Pick<DeploymentsResponse, 'environments'>,
  only?: string,
): PlacedDeployment[] {
  return environments
    .filter(({ environment }) => isMeant(only, environment))
    .flatMap(({ environment, deployments }) =>
      deployments.map(deployment => ({ environment, deployment })),
    );
}

/**
 * Which applications of an entity are meant.
 *
 * @internal
 */
export interface ApplicationQuery extends Partial<ApplicationRef> {
  environment?: string;
}

/**
 * The applications of an entity that are meant.
 *
 * @throws NotFoundError that lists what there is, if there is none
 * @internal
 */
export async function findDeployments(
  service: DeliveryService,
  entity: CompoundEntityRef,
  query: ApplicationQuery,
  options: DeliveryServiceOptions,
): Promise<PlacedDeployment[]> {
  const all = placedDeployments(await service.getDeployments(entity, options));
  const found = all.filter(
    ({ environment, deployment: { application } }) =>
      isMeant(query.environment, environment) &&
      isMeant(query.name, application.name) &&
      isMeant(query.namespace, application.namespace) &&
      isMeant(query.instance, application.instance),
  );
  if (found.length === 0) {
    throw new NotFoundError(
      all.length === 0
        ? 'The entity has no applications here'
        : `The entity has no such application. It has ${all
            .map(describePlace)
            .join(', ')}`,
    );
  }
  return found;
}

/**
 * The one application that is meant.
 *
 * @throws InputError that lists them, if there are several
 * @internal
 */
export async function findDeployment(
  ...args: Parameters<typeof findDeployments>
): Promise<PlacedDeployment> {
  const found = await findDeployments(...args);
  if (found.length > 1) {
    throw new InputError(
      `Several applications are meant: ${found
        .map(describePlace)
        .join(', ')}. Give more of environment, name, namespace and instance`,
    );
  }
  return found[0];
}

function isMeant(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value;
}

function describePlace({
  environment,
  deployment: { application },
}: PlacedDeployment): string {
  const { instance, namespace, name } = application;
  return `${name} in ${environment} (namespace ${namespace}, instance ${instance})`;
}
