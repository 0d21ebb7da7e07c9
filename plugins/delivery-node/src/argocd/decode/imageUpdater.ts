import {
  type ImageUpdaterResource,
  imageUpdaterSpecSchema,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { decodeTime } from './values';

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  message: z.string().nullish(),
});

const imageUpdaterSchema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: z.string().min(1),
  }),
  spec: imageUpdaterSpecSchema,
  status: z
    .object({
      lastCheckedAt: z.string().nullish(),
      conditions: z.array(conditionSchema).nullish(),
    })
    .nullish(),
});

/**
 * Decodes an ImageUpdater resource; undefined if it has another shape.
 *
 * @public
 */
export function decodeImageUpdater(
  raw: unknown,
): ImageUpdaterResource | undefined {
  const parsed = imageUpdaterSchema.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const { metadata, spec, status } = parsed.data;
  const error = status?.conditions?.find(
    condition => condition.type === 'Error' && condition.status === 'True',
  );
  const lastCheckedAt = decodeTime(status?.lastCheckedAt);
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    spec,
    ...(lastCheckedAt && { lastCheckedAt }),
    ...(error && { error: error.message || 'It reports an error' }),
  };
}

/**
 * The ImageUpdater resources in an answer of `/managed-resources`, whose live
 * states are JSON in text; those that aren't in the cluster (`null`), or are of
 * an unknown shape, are left out.
 */
export const managedImageUpdatersSchema = z
  .object({
    items: z.array(z.object({ liveState: z.string().nullish() })).nullish(),
  })
  .transform(({ items }) =>
    (items ?? []).flatMap(({ liveState }) => {
      const decoded = decodeImageUpdater(parseJson(liveState ?? 'null'));
      return decoded ? [decoded] : [];
    }),
  );

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
