import { z } from 'zod';
import type { ImageUpdaterSpec } from './types';

/** Go treats `null` like an absent field. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform(value => value ?? undefined);
}

const text = optional(z.string());
const texts = optional(z.array(z.string()));

const updateSettingsSchema = z.object({
  updateStrategy: text,
  forceUpdate: optional(z.boolean()),
  allowTags: text,
  ignoreTags: texts,
  pullSecret: text,
  platforms: texts,
});

const writeBackSchema = z.object({
  method: text,
  gitConfig: optional(
    z.object({
      repository: text,
      branch: text,
      writeBackTarget: text,
      pullRequest: optional(
        z.object({
          github: optional(z.looseObject({})),
          gitlab: optional(z.looseObject({})),
        }),
      ),
    }),
  ),
});

const targetNamesSchema = z.object({ name: text, tag: text, spec: text });

const imageSchema = z.object({
  alias: z.string().default(''),
  imageName: z.string(),
  commonUpdateSettings: optional(updateSettingsSchema),
  manifestTargets: optional(
    z.object({
      helm: optional(targetNamesSchema),
      kustomize: optional(z.object({ name: text })),
      plugin: optional(targetNamesSchema),
    }),
  ),
});

const labelSelectorSchema = z.object({
  matchLabels: optional(z.record(z.string(), z.string())),
  matchExpressions: optional(
    z.array(
      z.object({
        key: z.string(),
        operator: z.string(),
        values: z.array(z.string()).nullish(),
      }),
    ),
  ),
});

const applicationRefSchema = z.object({
  namePattern: z.string().default(''),
  labelSelectors: optional(labelSelectorSchema),
  useAnnotations: optional(z.boolean()),
  commonUpdateSettings: optional(updateSettingsSchema),
  writeBackConfig: optional(writeBackSchema),
  images: z.array(imageSchema).nullish(),
});

/**
 * Reads the `spec` of an ImageUpdater resource; other fields are dropped.
 *
 * @public
 */
export const imageUpdaterSpecSchema: z.ZodType<ImageUpdaterSpec> = z.object({
  commonUpdateSettings: optional(updateSettingsSchema),
  writeBackConfig: optional(writeBackSchema),
  applicationRefs: z.array(applicationRefSchema).nullish(),
});
