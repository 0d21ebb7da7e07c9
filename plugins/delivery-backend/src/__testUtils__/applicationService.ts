import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type {
  ArgoCdClient,
  ArgoCdInstances,
} from '@landfall/backstage-plugin-delivery-node';
import { AuthorizedApplicationService } from '../service/application/AuthorizedApplicationService';
import { LiveApplications } from '../service/application/LiveApplications';
import {
  StoreApplicationService,
  type StoreApplicationServiceOptions,
} from '../service/application/StoreApplicationService';
import { InstancesPermission } from '../service/InstancesPermission';

/**
 * The service of single applications, as the plugin puts it together.
 *
 * @internal
 * @param options.clients - of the instances that can be asked; default: none
 */
export function createApplicationService(
  shared: Omit<StoreApplicationServiceOptions, 'live'>,
  options: { permissions?: PermissionsService; clients?: ArgoCdClient[] } = {},
): AuthorizedApplicationService {
  const { permissions = mockServices.permissions(), clients = [] } = options;
  return AuthorizedApplicationService.create({
    permission: InstancesPermission.create({ permissions }),
    service: StoreApplicationService.create({
      ...shared,
      live: LiveApplications.create({ argocd: instancesOf(clients) }),
    }),
  });
}

function instancesOf(clients: ArgoCdClient[]): Pick<ArgoCdInstances, 'get'> {
  return {
    get: name => {
      const client = clients.find(({ instance }) => instance === name);
      if (!client) {
        throw new NotFoundError(`There is no instance '${name}'`);
      }
      return client;
    },
  };
}
