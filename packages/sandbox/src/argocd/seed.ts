import type { PartLogger } from '../part';
import { asString, at } from './json';
import { applicationKey } from './store/ApplicationStore';
import { parseApplicationInput } from './store/parseApplication';
import type { Store } from './store/Store';
import { parseYamlDocuments } from './yaml';

const DEFAULT_PROJECT = {
  kind: 'AppProject',
  metadata: { name: 'default' },
  spec: {
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/**
 * Creates the project `default` and the objects of the seed manifests that
 * don't exist yet.
 */
export function seed(
  store: Store,
  manifests: string,
  logger: PartLogger,
): void {
  for (const value of [DEFAULT_PROJECT, ...parseYamlDocuments(manifests)]) {
    const input = parseApplicationInput(value);
    const { name, namespace = store.namespace } = input;
    const kind = asString(at(value, 'kind'));
    if (kind === 'AppProject') {
      if (!store.projects.get(name)) {
        store.putProject(value);
      }
    } else if (kind === 'Application') {
      if (!store.applications.get(applicationKey(namespace, name))) {
        store.applications.create(input, namespace);
      }
    } else {
      logger.warn(
        `argocd: seed manifests hold a ${kind}; only AppProject and Application are known`,
      );
    }
  }
}
