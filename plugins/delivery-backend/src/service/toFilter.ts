import type { ApplicationLocator } from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationFilter } from '../store/operations/readApplications';

/**
 * Turns a locator into a database filter, for exactly the applications that the
 * locator means, in any of its instances.
 *
 * @internal
 */
export function toFilter({
  names,
  project,
  namespace,
  selector,
}: ApplicationLocator): ApplicationFilter {
  return {
    names: names?.map(({ name }) => name),
    project,
    namespace,
    selector,
  };
}
