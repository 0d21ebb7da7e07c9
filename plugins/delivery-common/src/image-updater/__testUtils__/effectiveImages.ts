import { type ImagePolicy, helmFileParameters } from '../settings/images';
import { z } from 'zod';

/** The form of an image in the recordings of settings. */
export const effectiveImageSchema = z.object({
  alias: z.string(),
  allowTags: z.string(),
  constraint: z.string().nullable(),
  digest: z.string().nullable(),
  effectiveHelmParams: z.object({ name: z.string(), tag: z.string() }),
  forceUpdate: z.boolean(),
  helmImageName: z.string(),
  helmImageSpec: z.string(),
  helmImageTag: z.string(),
  ignoreTags: z.array(z.string()),
  kustomizeImageName: z.string(),
  name: z.string(),
  original: z.string(),
  platforms: z.array(z.string()),
  pullSecret: z.string(),
  registry: z.string(),
  updateStrategy: z.string(),
});

/** An image in the recordings' form. */
export function effectiveImage(
  updatable: ImagePolicy,
): z.infer<typeof effectiveImageSchema> {
  const { image, helm } = updatable;
  return {
    alias: image.alias,
    allowTags: updatable.allowTags,
    constraint: image.tag?.name ?? null,
    digest: image.tag?.digest ?? null,
    effectiveHelmParams: helmFileParameters(updatable),
    forceUpdate: updatable.forceUpdate,
    helmImageName: helm.name,
    helmImageSpec: helm.spec,
    helmImageTag: helm.tag,
    ignoreTags: updatable.ignoreTags,
    kustomizeImageName: updatable.kustomizeName,
    name: image.name,
    original: image.original,
    platforms: updatable.platforms,
    pullSecret: updatable.pullSecret,
    registry: image.registry,
    updateStrategy: updatable.strategy,
  };
}
