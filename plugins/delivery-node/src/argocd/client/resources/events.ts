import { z } from 'zod';
import { withoutUserInfo } from '../../../userInfo';
import { decodeTime } from '../../decode';
import type { ResourceEvent } from '../../resourceTypes';

const text = z.string().nullish();

/** Answer of `GET /applications/{name}/events`: a Kubernetes EventList. */
export const eventsSchema = z.object({
  items: z
    .array(
      z.object({
        type: text,
        reason: text,
        message: text,
        count: z.number().nullish(),
        firstTimestamp: text,
        lastTimestamp: text,
        // Newer event sources set this instead of the two above.
        eventTime: text,
      }),
    )
    .nullish(),
});

/** Latest first; events without a time come last. */
export function toEvents(
  answer: z.infer<typeof eventsSchema>,
): ResourceEvent[] {
  return (answer.items ?? [])
    .map(item => ({
      type: item.type ?? '',
      reason: item.reason ?? '',
      message: withoutUserInfo(item.message ?? ''),
      count: item.count ?? 1,
      firstAt: decodeTime(item.firstTimestamp ?? item.eventTime),
      lastAt: decodeTime(item.lastTimestamp ?? item.eventTime),
    }))
    .sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? ''));
}
