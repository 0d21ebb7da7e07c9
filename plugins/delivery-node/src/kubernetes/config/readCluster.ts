import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { readUrl } from '../../argocd/config/readUrl';
import type { KubernetesConnection } from '../types';
import { inClusterConnection, type PodSurroundings } from './inCluster';

const METHODS = 'kubernetes.clusterLocatorMethods';
/** Backstage's other place for the auth provider of a cluster. */
const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/**
 * Finds a cluster in `kubernetes.clusterLocatorMethods`, the configuration of
 * Backstage's Kubernetes plugin.
 *
 * @param key - the configuration key that has the name, for error messages
 * @throws InputError if there is no such cluster, or Landfall can't sign in to it
 */
export function readCluster(
  config: Config,
  key: string,
  name: string,
  pod: PodSurroundings,
): KubernetesConnection {
  const methods = config.getOptionalConfigArray(METHODS) ?? [];
  const clusters = methods.flatMap((method, index) =>
    method.getString('type') === 'config'
      ? method.getConfigArray('clusters').map((cluster, number) => ({
          cluster,
          at: `${METHODS}[${index}].clusters[${number}]`,
        }))
      : [],
  );
  const found = clusters.find(
    ({ cluster }) => cluster.getString('name') === name,
  );
  if (!found) {
    const names = clusters.map(({ cluster }) => cluster.getString('name'));
    throw new InputError(
      `'${key}': there is no cluster '${name}' in ${METHODS} with the type 'config'. ${
        names.length > 0 ? `Found: ${names.join(', ')}` : 'None was found'
      }`,
    );
  }
  return readConnection(found.cluster, found.at, pod);
}

function readConnection(
  cluster: Config,
  at: string,
  pod: PodSurroundings,
): KubernetesConnection {
  const name = cluster.getString('name');
  const provider =
    cluster.getOptional<Record<string, string>>('authMetadata')?.[
      AUTH_PROVIDER
    ] ?? cluster.getOptionalString('authProvider');
  if (provider !== 'serviceAccount') {
    throw new InputError(
      `${at}.authProvider: Landfall reads ImageUpdaters only from clusters with 'serviceAccount', not '${
        provider ?? ''
      }'. Create a token for a service account there, and add an entry with serviceAccountToken; or run Landfall in that cluster and leave out 'cluster'`,
    );
  }
  const token = cluster.getOptionalString('serviceAccountToken');
  const caData = cluster.getOptionalString('caData');
  const caFile = cluster.getOptionalString('caFile');
  const own = inClusterConnection(at, pod);
  const url = readUrl(`${at}.url`, cluster.getString('url'));
  const ca = readCa(caData, caFile);
  return {
    name: `the cluster '${name}'`,
    url: () => url,
    // As in Backstage, without a token: the service account of the pod.
    token: token === undefined ? own.token : async () => token,
    ...(ca ? { ca } : token === undefined && { ca: own.ca }),
    ...(cluster.getOptionalBoolean('skipTLSVerify') && { skipTlsVerify: true }),
  };
}

function readCa(caData?: string, caFile?: string): KubernetesConnection['ca'] {
  if (caData) {
    const pem = Buffer.from(caData, 'base64').toString();
    return async () => pem;
  }
  return caFile ? () => readFile(caFile, 'utf8') : undefined;
}
