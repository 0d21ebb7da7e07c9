import type { ApplicationLocator } from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationFilter } from '../store/operations/applications/readApplications';

/**
 * As much of a locator as the database can look up by its indexes. It never
 * leaves out an application that the locator means; it may let in others.
 *
 * @internal
 */
export function toFilter(locator: ApplicationLocator): ApplicationFilter {
  return {
    names: locator.names?.map(({ name }) => name),
    project: locator.project,
    namespace: locator.namespace,
    labels: locator.selector?.flatMap(requirement =>
      requirement.operator === 'in'
        ? [{ label: requirement.key, values: requirement.values }]
        : [],
    ),
  };
}
