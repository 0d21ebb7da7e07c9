import { z } from 'zod';
import { maskManifests } from '../../decode';
import type { ResourceComparison } from '../../detailTypes';
import type { ResourceRef } from '../../resourceTypes';
import { objectInText } from './manifests';

/** Answer of `GET /applications/{name}/managed-resources`, for comparing. */
export const comparisonsSchema = z.object({
  items: z
    .array(
      z.object({
        group: z.string().nullish(),
        kind: z.string(),
        namespace: z.string().nullish(),
        name: z.string(),
        targetState: objectInText.nullish(),
        liveState: objectInText.nullish(),
        // The live state without fields that only the cluster sets.
        normalizedLiveState: objectInText.nullish(),
        // The live state after a sync.
        predictedLiveState: objectInText.nullish(),
      }),
    )
    .nullish(),
});

/**
 * The object's two states, as Argo CD's own pages compare them. An empty field in
 * the query selects everything, so the answer may have other objects, too.
 */
export function toComparison(
  { items }: z.infer<typeof comparisonsSchema>,
  resource: Omit<ResourceRef, 'version'>,
): ResourceComparison | undefined {
  const found = items?.find(
    ({ group, kind, namespace, name }) =>
      (group ?? '') === (resource.group ?? '') &&
      kind === resource.kind &&
      (namespace ?? '') === (resource.namespace ?? '') &&
      name === resource.name,
  );
  if (!found) {
    return undefined;
  }
  const live = found.normalizedLiveState ?? found.liveState ?? undefined;
  const target = found.targetState ?? undefined;
  return maskManifests({
    live,
    // Without a target, the prediction is the object that would be pruned.
    desired: target && live ? found.predictedLiveState ?? target : target,
  });
}
