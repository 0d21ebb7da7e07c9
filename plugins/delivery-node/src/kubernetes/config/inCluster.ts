import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretFile } from '../../argocd';
import { KubernetesError } from '../errors';
import type { KubernetesConnection } from '../types';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * What Kubernetes gives every pod, to be replaced in tests.
 *
 * @public
 */
export interface PodSurroundings {
  /** With `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`. */
  env?: NodeJS.ProcessEnv;
  /** Where the service account's token and certificate authorities are mounted. */
  serviceAccountFolder?: string;
}

/**
 * The API of the cluster that Landfall runs in, with the pod's service account.
 *
 * @param key - the configuration key that asks for it, for error messages
 */
export function inClusterConnection(
  key: string,
  {
    env = process.env,
    serviceAccountFolder = SERVICE_ACCOUNT,
  }: PodSurroundings = {},
): KubernetesConnection {
  const name = 'the own cluster';
  const token = new SecretFile(key, join(serviceAccountFolder, 'token'));
  return {
    name,
    url() {
      const host = env.KUBERNETES_SERVICE_HOST;
      const port = env.KUBERNETES_SERVICE_PORT ?? '443';
      if (!host) {
        throw new KubernetesError(
          'not-configured',
          `${key}: KUBERNETES_SERVICE_HOST isn't set, so Landfall doesn't run in a cluster. Set 'cluster' to one of kubernetes.clusterLocatorMethods`,
        );
      }
      return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
    },
    token: () => token.read(),
    ca: () => readFile(join(serviceAccountFolder, 'ca.crt'), 'utf8'),
  };
}
