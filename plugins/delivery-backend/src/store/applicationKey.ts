import { createHash } from 'node:crypto';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';

/**
 * A short name of an application: the primary key of its row. Signals and the API
 * use a different key, which nobody can work out (`SignalKeys`).
 *
 * @internal
 */
export function applicationKey(ref: ApplicationRef): string {
  return createHash('sha256')
    .update(JSON.stringify([ref.instance, ref.namespace, ref.name]))
    .digest('hex')
    .slice(0, 32);
}
