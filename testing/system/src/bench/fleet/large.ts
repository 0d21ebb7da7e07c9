import type { ResourceStatus } from '@landfall/sandbox';

/** Besides six resources of other kinds. */
const CONFIG_MAPS = 34;

/** So many make an application of 60 KB. */
const SETTINGS = 46;

/**
 * Helm values as in an Application that has no file for them. Argo CD repeats them
 * with every source: in each entry of the history and in the operation.
 */
export function largeHelm(name: string): { values: string } {
  return {
    values: Array.from(
      { length: SETTINGS },
      (_, index) =>
        `setting${index}: https://${name}.fleet.test/settings/${index}/default\n`,
    ).join(''),
  };
}

/** ConfigMaps, so that an application has 40 resources. */
export function moreConfigMaps(
  synced: Pick<ResourceStatus, 'namespace' | 'name' | 'status'>,
): ResourceStatus[] {
  return Array.from({ length: CONFIG_MAPS }, (_, index) => ({
    ...synced,
    version: 'v1',
    kind: 'ConfigMap',
    name: `${synced.name}-settings-${index}`,
  }));
}
