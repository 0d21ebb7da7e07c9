import type {
  Application,
  DeployedSources,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * How many sources an application has, and the Helm charts among them, which have
 * versions of their own. Undefined for a single source that is a path in a Git
 * repository: then the version of the image says all.
 *
 * @internal
 */
export function deployedSources({
  sources,
  sync,
}: Pick<Application, 'sources' | 'sync'>): DeployedSources | undefined {
  const charts = sources.flatMap(({ chart, targetRevision }, index) => {
    if (!chart) {
      return [];
    }
    const version = sync.revisions[index] || targetRevision;
    return [{ name: chart, ...(version && { version }) }];
  });
  return sources.length > 1 || charts.length > 0
    ? { total: sources.length, charts }
    : undefined;
}
