import type {
  ImageUpdaterResource,
  ReportedUpdate,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { decodeTime } from '../argocd/decode';

/** Image Updater 1.3 reports an update as an event of the Application. */
export const UPDATE_EVENTS =
  'reason=ImagesUpdated,involvedObject.kind=Application';

/** `argocd-image-updater.image-<n>/full-image-name` and `…/new-tag`. */
const ANNOTATION =
  /^(argocd-image-updater\.image-\d+)\/(full-image-name|new-tag)$/;
const MAX_IMAGES = 50;
const MAX_UPDATES = 100;
/** References of images are shorter. */
const MAX_TEXT = 512;
const GLOB = /[*?[\]\\]/;

const eventSchema = z.object({
  metadata: z.object({
    annotations: z.record(z.string(), z.string()).nullish(),
    creationTimestamp: z.string().nullish(),
  }),
  involvedObject: z.object({
    namespace: z.string().min(1),
    name: z.string().min(1),
  }),
  lastTimestamp: z.string().nullish(),
});

/** The updates that one event reports. */
export interface UpdateEvent {
  namespace: string;
  updates: (ReportedUpdate & { application: string })[];
}

/** Decodes an event; undefined if it reports no update. */
export function decodeUpdateEvent(raw: unknown): UpdateEvent | undefined {
  const { data } = eventSchema.safeParse(raw);
  const at = decodeTime(
    data?.lastTimestamp ?? data?.metadata.creationTimestamp,
  );
  if (!data || !at) {
    return undefined;
  }
  const { namespace, name: application } = data.involvedObject;
  const images = new Map<string, Map<string, string>>();
  for (const [key, value] of Object.entries(data.metadata.annotations ?? {})) {
    const [, image, field] = ANNOTATION.exec(key) ?? [];
    if (image && images.size < MAX_IMAGES && value.length <= MAX_TEXT) {
      const fields = images.get(image) ?? new Map<string, string>();
      images.set(image, fields.set(field, value));
    }
  }
  const updates = [...images.values()].flatMap(fields => {
    const repository = fields.get('full-image-name');
    const version = fields.get('new-tag');
    return repository && version
      ? [{ application, repository, version, at }]
      : [];
  });
  return updates.length > 0 ? { namespace, updates } : undefined;
}

/**
 * ImageUpdaters with the updates that events report about applications that they
 * may select, judging by their names. An event doesn't say which of them it is
 * from.
 */
export function withUpdateEvents(
  updaters: readonly ImageUpdaterResource[],
  events: readonly UpdateEvent[],
): ImageUpdaterResource[] {
  if (events.length === 0) {
    return [...updaters];
  }
  return updaters.map(updater => {
    const patterns = (updater.spec.applicationRefs ?? []).map(
      ({ namePattern }) => namePattern,
    );
    const hasGlob = patterns.some(pattern => GLOB.test(pattern));
    const own = events
      .filter(({ namespace }) => namespace === updater.namespace)
      .flatMap(event => event.updates)
      .filter(({ application }) => hasGlob || patterns.includes(application));
    const updates = latest([...own, ...(updater.updates ?? [])]);
    return updates.length > 0 ? { ...updater, updates } : updater;
  });
}

/** The latest report of each update, the latest first. */
function latest(updates: readonly ReportedUpdate[]): ReportedUpdate[] {
  const found = new Map<string, ReportedUpdate>();
  const sorted = [...updates].sort((a, b) => (a.at < b.at ? 1 : -1));
  for (const update of sorted) {
    const { application, repository, version } = update;
    const key = JSON.stringify([application, repository, version]);
    if (!found.has(key) && found.size < MAX_UPDATES) {
      found.set(key, update);
    }
  }
  return [...found.values()];
}
