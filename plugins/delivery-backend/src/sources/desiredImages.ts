import {
  canonicalRequest,
  withoutHookImages,
} from '@landfall/backstage-plugin-delivery-common';
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

const hookSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()) }),
});

/**
 * The images in the manifests that Git has, each once. Of those of hooks, only images
 * of repositories that nothing else carries.
 *
 * @internal
 */
export function desiredImages(managed: readonly ManagedResource[]): string[] {
  const imagesOf = (areHooks: boolean) =>
    managed
      .filter(resource => isHook(resource) === areHooks)
      .flatMap(({ target }) => podImages(target));
  return withoutHookImages({
    images: imagesOf(false),
    hookImages: imagesOf(true),
  }).sort();
}

/**
 * Argo CD marks the hooks that are there. It takes Helm's for its own, except for
 * definitions of resources.
 */
function isHook({ hook, target }: ManagedResource): boolean {
  const annotations = hookSchema.safeParse(target).data?.metadata.annotations;
  const helmHook = annotations?.['helm.sh/hook'];
  return (
    hook ||
    annotations?.['argocd.argoproj.io/hook'] !== undefined ||
    (helmHook !== undefined && helmHook !== 'crd-install')
  );
}

function podImages(target: ManagedResource['target']): string[] {
  const spec = resourceSchema.safeParse(target).data?.spec;
  return [spec, spec?.template?.spec, spec?.jobTemplate?.spec?.template?.spec]
    .flatMap(pod => [
      ...(pod?.initContainers ?? []),
      ...(pod?.containers ?? []),
    ])
    .flatMap(({ image }) => image ?? []);
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
