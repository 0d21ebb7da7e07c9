import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { ManagedResource } from '../../resourceTypes';

const objectSchema = z.record(z.string(), z.json());

/** Argo CD sends objects as JSON text; empty or `null` for a missing one. */
export const objectInText = z.string().transform((text, context) => {
  let json: unknown;
  try {
    json = JSON.parse(text || 'null');
  } catch {
    context.addIssue({ code: 'custom', message: "isn't JSON" });
    return z.NEVER;
  }
  const parsed = objectSchema.nullable().safeParse(json);
  if (!parsed.success) {
    context.addIssue({ code: 'custom', message: "isn't a JSON object" });
    return z.NEVER;
  }
  return parsed.data;
});

/** Answer of `GET /applications/{name}/manifests`. */
export const manifestsSchema = z.object({
  manifests: z.array(objectInText).nullish(),
});

export function toManifests(
  answer: z.infer<typeof manifestsSchema>,
): JsonObject[] {
  return (answer.manifests ?? []).filter(manifest => manifest !== null);
}

/** Answer of `GET /applications/{name}/managed-resources`. */
export const managedResourcesSchema = z.object({
  items: z
    .array(
      z.object({
        group: z.string().nullish(),
        kind: z.string(),
        namespace: z.string().nullish(),
        name: z.string(),
        hook: z.boolean().nullish(),
        targetState: objectInText.nullish(),
        // The live state without fields that only the cluster sets.
        normalizedLiveState: objectInText.nullish(),
        liveState: objectInText.nullish(),
      }),
    )
    .nullish(),
});

export function toManagedResources(
  answer: z.infer<typeof managedResourcesSchema>,
): ManagedResource[] {
  return (answer.items ?? []).map(item => ({
    group: item.group ?? '',
    kind: item.kind,
    namespace: item.namespace || undefined,
    name: item.name,
    hook: item.hook ?? false,
    target: item.targetState ?? undefined,
    live: item.normalizedLiveState ?? item.liveState ?? undefined,
  }));
}
