import { InputError } from '@backstage/errors';
import type {
  ArgoCdClient,
  ArgoCdInstances,
} from '@landfall/backstage-plugin-delivery-node';

/**
 * The named instance, or the only configured one. Throws an `InputError` that
 * lists the configured ones if none is named and there isn't exactly one.
 */
export function chooseInstance(
  instances: ArgoCdInstances,
  name: string | undefined,
): ArgoCdClient {
  if (name) {
    return instances.get(name);
  }
  const all = instances.list();
  if (all.length === 1) {
    return all[0];
  }
  throw new InputError(
    all.length === 0
      ? 'No Argo CD is configured. Add one under argocd.appLocatorMethods'
      : `Several Argo CD instances are configured. Set the input "instance" to one of ${all
          .map(({ instance }) => instance)
          .join(', ')}`,
  );
}
