import { z } from 'zod';

const metadataSchema = z.looseObject({
  name: z.string(),
  namespace: z.string().default(''),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().optional(),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
});

const helmParameterSchema = z.looseObject({
  name: z.string().default(''),
  value: z.string().default(''),
  forceString: z.boolean().optional(),
});

const sourceSchema = z.looseObject({
  repoURL: z.string().default(''),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  helm: z
    .looseObject({ parameters: z.array(helmParameterSchema).nullish() })
    .optional(),
  kustomize: z
    .looseObject({ images: z.array(z.string()).nullish() })
    .optional(),
  plugin: z
    .looseObject({
      env: z
        .array(z.looseObject({ name: z.string(), value: z.string() }))
        .nullish(),
    })
    .optional(),
});

/** An Argo CD Application, as far as the updater reads and writes it; the rest is kept. */
export const applicationSchema = z.looseObject({
  metadata: metadataSchema,
  spec: z.looseObject({
    project: z.string().default(''),
    source: sourceSchema.optional(),
    sources: z.array(sourceSchema).nullish(),
    sourceHydrator: z.looseObject({ drySource: sourceSchema }).optional(),
  }),
  status: z
    .looseObject({
      sourceType: z.string().default(''),
      sourceTypes: z.array(z.string()).nullish(),
      summary: z
        .looseObject({ images: z.array(z.string()).nullish() })
        .optional(),
    })
    .default({ sourceType: '' }),
});

export type Application = z.infer<typeof applicationSchema>;
export type ApplicationSource = z.infer<typeof sourceSchema>;
export type HelmParameter = z.infer<typeof helmParameterSchema>;

const updateSettingsSchema = z.object({
  updateStrategy: z.string().optional(),
  forceUpdate: z.boolean().optional(),
  allowTags: z.string().optional(),
  ignoreTags: z.array(z.string()).optional(),
  pullSecret: z.string().optional(),
  platforms: z.array(z.string()).optional(),
});

const writeBackSchema = z.object({
  method: z.string().optional(),
  gitConfig: z
    .object({
      repository: z.string().optional(),
      branch: z.string().optional(),
      writeBackTarget: z.string().optional(),
      pullRequest: z
        .object({
          github: z.looseObject({}).optional(),
          gitlab: z.looseObject({}).optional(),
        })
        .optional(),
    })
    .optional(),
});

const targetNamesSchema = z.object({
  name: z.string().optional(),
  tag: z.string().optional(),
  spec: z.string().optional(),
});

const imageSchema = z.object({
  alias: z.string().default(''),
  imageName: z.string(),
  commonUpdateSettings: updateSettingsSchema.optional(),
  manifestTargets: z
    .object({
      helm: targetNamesSchema.optional(),
      kustomize: z.object({ name: z.string().optional() }).optional(),
      plugin: targetNamesSchema.optional(),
    })
    .optional(),
});

const labelSelectorSchema = z.object({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.string(),
        values: z.array(z.string()).nullish(),
      }),
    )
    .optional(),
});

const applicationRefSchema = z.object({
  namePattern: z.string().default(''),
  labelSelectors: labelSelectorSchema.optional(),
  useAnnotations: z.boolean().optional(),
  commonUpdateSettings: updateSettingsSchema.optional(),
  writeBackConfig: writeBackSchema.optional(),
  images: z.array(imageSchema).nullish(),
});

export const imageUpdaterSpecSchema = z.object({
  commonUpdateSettings: updateSettingsSchema.optional(),
  writeBackConfig: writeBackSchema.optional(),
  applicationRefs: z.array(applicationRefSchema).nullish(),
});

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string(),
  message: z.string(),
  observedGeneration: z.number().optional(),
  lastTransitionTime: z.string(),
});

const recentUpdateSchema = z.object({
  alias: z.string(),
  image: z.string(),
  newVersion: z.string(),
  applicationsUpdated: z.number(),
  updatedAt: z.string(),
  message: z.string(),
});

/** An ImageUpdater resource of `argocd-image-updater.argoproj.io/v1alpha1`. */
export const imageUpdaterSchema = z.object({
  metadata: metadataSchema,
  spec: imageUpdaterSpecSchema,
  status: z
    .object({
      observedGeneration: z.number().optional(),
      lastCheckedAt: z.string().optional(),
      lastUpdatedAt: z.string().optional(),
      applicationsMatched: z.number().optional(),
      imagesManaged: z.number().optional(),
      recentUpdates: z.array(recentUpdateSchema).optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});

export type ImageUpdater = z.infer<typeof imageUpdaterSchema>;
export type ImageUpdaterSpec = z.infer<typeof imageUpdaterSpecSchema>;
export type ImageUpdaterStatus = NonNullable<ImageUpdater['status']>;
export type Condition = z.infer<typeof conditionSchema>;
export type RecentUpdate = z.infer<typeof recentUpdateSchema>;
export type ApplicationRef = z.infer<typeof applicationRefSchema>;
export type ImageConfig = z.infer<typeof imageSchema>;
export type UpdateSettings = z.infer<typeof updateSettingsSchema>;
export type WriteBackSettings = z.infer<typeof writeBackSchema>;
export type LabelSelector = z.infer<typeof labelSelectorSchema>;
