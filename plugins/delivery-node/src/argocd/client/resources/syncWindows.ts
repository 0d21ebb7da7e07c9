import type {
  SyncWindow,
  SyncWindows,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

const windowSchema = z.object({
  kind: z.string().nullish(),
  schedule: z.string().nullish(),
  duration: z.string().nullish(),
  timeZone: z.string().nullish(),
});

/**
 * Answer of `GET /applications/{name}/syncwindows`; empty lists are omitted.
 */
export const syncWindowsSchema = z.object({
  activeWindows: z.array(windowSchema).nullish(),
  assignedWindows: z.array(windowSchema).nullish(),
});

/** Drops `canSync`, which only covers manual syncs. */
export function toSyncWindows(
  answer: z.infer<typeof syncWindowsSchema>,
): SyncWindows {
  return {
    active: (answer.activeWindows ?? []).flatMap(toWindow),
    assigned: (answer.assignedWindows ?? []).flatMap(toWindow),
  };
}

/** Argo CD ignores kinds it doesn't know, so they are dropped here too. */
function toWindow({
  kind,
  schedule,
  duration,
  timeZone,
}: z.infer<typeof windowSchema>): SyncWindow[] {
  return kind === 'allow' || kind === 'deny'
    ? [
        {
          kind,
          schedule: schedule ?? '',
          duration: duration ?? '',
          ...(timeZone && { timeZone }),
        },
      ]
    : [];
}
