import { setImmediate } from 'node:timers/promises';
import type { ApplicationList } from '../types';
import { decodeApplication } from './application';
import { applicationListSchema } from './schema';

/** How many applications are decoded before others get their turn of the event loop. */
const BATCH = 100;

/**
 * Decodes a list of applications, in batches: ten thousand of them would hold up
 * everything else in the process. An empty list is `items: null`. Throws a
 * `ZodError` for what is no list at all.
 */
export async function decodeApplicationList(
  instance: string,
  raw: unknown,
): Promise<ApplicationList> {
  const items = applicationListSchema.parse(raw).items ?? [];
  const list: ApplicationList = { applications: [], undecodable: [] };
  for (const [index, item] of items.entries()) {
    const decoded = decodeApplication(instance, item);
    if (decoded.ok) {
      list.applications.push(decoded.application);
    } else {
      list.undecodable.push({ ref: decoded.ref, error: decoded.error });
    }
    if (index % BATCH === BATCH - 1) {
      await setImmediate();
    }
  }
  return list;
}
