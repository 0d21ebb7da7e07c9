import { canonicalRequest } from '@landfall/backstage-plugin-delivery-common';
import type { ManagedResource } from '@landfall/backstage-plugin-delivery-node';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const containersSchema = z.array(z.object({ image: z.string().optional() }));

const podSchema = z.object({
  containers: containersSchema.optional(),
  initContainers: containersSchema.optional(),
});

/** Resources with pods: as their own, in a template, or in a template of jobs. */
const resourceSchema = z.object({
  spec: podSchema.extend({
    template: z.object({ spec: podSchema.optional() }).optional(),
    jobTemplate: z
      .object({
        spec: z
          .object({
            template: z.object({ spec: podSchema.optional() }).optional(),
          })
          .optional(),
      })
      .optional(),
  }),
});

/**
 * The images in the manifests that Git has, each once. Hooks don't count: their
 * pods run only during a sync.
 *
 * @internal
 */
export function desiredImages(managed: readonly ManagedResource[]): string[] {
  const images = managed.flatMap(({ hook, target }) => {
    const resource = hook ? undefined : resourceSchema.safeParse(target).data;
    const spec = resource?.spec;
    return [spec, spec?.template?.spec, spec?.jobTemplate?.spec?.template?.spec]
      .flatMap(pod => [
        ...(pod?.initContainers ?? []),
        ...(pod?.containers ?? []),
      ])
      .flatMap(({ image }) => image ?? []);
  });
  return [...new Set(images)].sort();
}

/**
 * Stands for the manifests that Git has, in whatever order they are: `DesiredImages`.
 *
 * @internal
 */
export function manifestsDigest(managed: readonly ManagedResource[]): string {
  const manifests = managed
    .filter(({ hook }) => !hook)
    .map(({ group, kind, namespace, name, target }) =>
      // What has no target would be pruned.
      canonicalRequest({ group, kind, namespace, name, target }),
    )
    .sort();
  return createHash('sha256')
    .update(JSON.stringify(manifests))
    .digest('base64url');
}
