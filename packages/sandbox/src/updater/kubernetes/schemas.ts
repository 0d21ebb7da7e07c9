import {
  imageUpdaterSpecSchema,
  type MatchedApplication,
} from '@landfall/backstage-plugin-delivery-common';
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
});

/**
 * The fields of an Argo CD Application that the updater reads and writes.
 * Others are kept.
 */
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
/** An Application, with the settings of its ImageUpdater. */
export type ManagedApplication = MatchedApplication<Application>;
export type HelmParameter = z.infer<typeof helmParameterSchema>;

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string(),
  message: z.string(),
  observedGeneration: z.number().optional(),
  lastTransitionTime: z.string(),
});

/** An ImageUpdater resource of `argocd-image-updater.argoproj.io/v1alpha1`. */
export const imageUpdaterSchema = z.object({
  metadata: metadataSchema,
  spec: imageUpdaterSpecSchema,
  status: z
    .looseObject({ conditions: z.array(conditionSchema).optional() })
    .optional(),
});

export type ImageUpdater = z.infer<typeof imageUpdaterSchema>;
export type Condition = z.infer<typeof conditionSchema>;
