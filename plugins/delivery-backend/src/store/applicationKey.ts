import { createHash } from 'node:crypto';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';

/**
 * A short name of an application: the primary key of its row. Signals and the API
 * use a different key, which nobody can work out (`SignalKeys`).
 *
 * @internal
 */
export function applicationKey(ref: ApplicationRef): string {
  return shortHash([ref.instance, ref.namespace, ref.name]);
}

/**
 * Takes the place of an application's key for what is read from the Kubernetes API
 * of an instance's cluster, rather than through an application.
 *
 * @internal
 */
export function kubernetesKey(instance: string): string {
  return shortHash([instance, 'kubernetes']);
}

function shortHash(parts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 32);
}
