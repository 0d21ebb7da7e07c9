import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { KubernetesConnection } from '../types';
import { inClusterConnection, type PodSurroundings } from './inCluster';
import { readCluster } from './readCluster';

const KEY = 'delivery.imageUpdater.kubernetes';

/** The name of a namespace by the Kubernetes rules (DNS-1123 label). */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const entriesSchema = z.array(
  z.strictObject({
    instance: z.string().min(1),
    cluster: z.string().min(1).optional(),
    namespaces: z
      .array(z.string().regex(NAMESPACE, "isn't a valid namespace name"))
      .min(1, 'is empty: leave it out for all namespaces')
      .optional(),
  }),
);

/**
 * The cluster from whose Kubernetes API the ImageUpdaters of an Argo CD instance
 * are read.
 *
 * @public
 */
export interface ImageUpdaterCluster {
  /** Name of the Argo CD instance. */
  instance: string;
  connection: KubernetesConnection;
  /** Absent: all namespaces. */
  namespaces?: string[];
}

/**
 * Reads `delivery.imageUpdater.kubernetes`.
 *
 * @param instances - names of the configured Argo CD instances
 * @throws InputError that names the key
 *
 * @public
 */
export function readImageUpdaterClusters(
  config: Config,
  instances: readonly string[],
  pod: PodSurroundings = {},
): ImageUpdaterCluster[] {
  const parsed = entriesSchema.safeParse(config.getOptional(KEY) ?? []);
  if (!parsed.success) {
    throw new InputError(
      `'${KEY}' can't be used: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data.map(({ instance, cluster, namespaces }, index) => {
    const key = `${KEY}[${index}]`;
    if (!instances.includes(instance)) {
      throw new InputError(
        `'${key}.instance': 'argocd.appLocatorMethods' has no Argo CD instance '${instance}'`,
      );
    }
    if (parsed.data.findIndex(other => other.instance === instance) !== index) {
      throw new InputError(
        `'${key}.instance': the instance '${instance}' has two entries. An Argo CD and its Image Updater run in one cluster`,
      );
    }
    return {
      instance,
      connection:
        cluster === undefined
          ? inClusterConnection(key, pod)
          : readCluster(config, `${key}.cluster`, cluster, pod),
      ...(namespaces && { namespaces: [...new Set(namespaces)] }),
    };
  });
}
