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

/** What `GET /applications/{name}/syncwindows` answers; lists that are empty are left out. */
export const syncWindowsSchema = z.object({
  activeWindows: z.array(windowSchema).nullish(),
  assignedWindows: z.array(windowSchema).nullish(),
});

/** `canSync` isn't kept: it is only of syncs by hand. */
export function toSyncWindows(
  answer: z.infer<typeof syncWindowsSchema>,
): SyncWindows {
  return {
    active: (answer.activeWindows ?? []).flatMap(toWindow),
    assigned: (answer.assignedWindows ?? []).flatMap(toWindow),
  };
}

/** Argo CD knows no other kinds; what it doesn't know doesn't count. */
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
