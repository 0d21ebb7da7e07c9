import type { PartLogger } from '../part';
import { asString, at } from './json';
import { putProject } from './api/projects';
import { applicationKey } from './store/ApplicationStore';
import { parseApplicationInput } from './store/parseApplication';
import type { Store } from './store/Store';
import { parseYamlDocuments } from './yaml';

const EVERYTHING = {
  sourceRepos: ['*'],
  destinations: [{ server: '*', namespace: '*' }],
  clusterResourceWhitelist: [{ group: '*', kind: '*' }],
};

/**
 * Creates the project `default` and the objects of the seed manifests that
 * don't exist yet.
 */
export function seed(
  store: Store,
  manifests: string,
  namespace: string,
  now: number,
  logger: PartLogger,
): void {
  if (!store.projects.get('default')) {
    putProject(
      store,
      { metadata: { name: 'default' }, spec: EVERYTHING },
      namespace,
      now,
    );
  }
  for (const value of parseYamlDocuments(manifests)) {
    const kind = asString(at(value, 'kind'));
    const name = asString(at(value, 'metadata', 'name')) ?? '';
    if (kind === 'AppProject' && !store.projects.get(name)) {
      putProject(store, value, namespace, now);
      logger.info(`argocd: created project ${name}`);
    } else if (kind === 'Application') {
      const input = parseApplicationInput(value);
      const target = input.namespace ?? namespace;
      if (!store.applications.get(applicationKey(target, input.name))) {
        store.applications.create(input, target);
        logger.info(`argocd: created application ${input.name}`);
      }
    } else if (kind !== 'AppProject') {
      logger.warn(
        `argocd: seed manifests hold a ${kind}; only AppProject and Application are known`,
      );
    }
  }
}
