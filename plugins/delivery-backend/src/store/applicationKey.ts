import { createHash } from 'node:crypto';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';

/**
 * A short name of an application that doesn't tell what it is: the primary key
 * of its row, and what signals carry.
 *
 * @internal
 */
export function applicationKey(ref: ApplicationRef): string {
  return createHash('sha256')
    .update(JSON.stringify([ref.instance, ref.namespace, ref.name]))
    .digest('hex')
    .slice(0, 32);
}
