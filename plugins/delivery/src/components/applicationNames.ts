import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';

/**
 * The names by which some applications are told apart: the name alone where it
 * is unique among them, else with the instance or the namespace, or both, in
 * which they differ.
 *
 * @internal
 */
export function applicationNames(
  applications: readonly ApplicationRef[],
): (application: ApplicationRef) => string {
  const byName = new Map<string, ApplicationRef[]>();
  for (const application of applications) {
    const { name } = application;
    byName.set(name, [...(byName.get(name) ?? []), application]);
  }
  return ({ name, instance, namespace }) => {
    const others = byName.get(name) ?? [];
    const places = [
      others.some(other => other.instance !== instance) && instance,
      others.some(
        other => other.instance === instance && other.namespace !== namespace,
      ) && namespace,
    ].filter(Boolean);
    return places.length > 0 ? `${name} (${places.join(', ')})` : name;
  };
}
