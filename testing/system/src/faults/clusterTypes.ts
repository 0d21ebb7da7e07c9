import { z } from 'zod';

const applicationSchema = z.object({
  metadata: z.object({
    name: z.string(),
    resourceVersion: z.string(),
    deletionTimestamp: z.string().optional(),
  }),
  operation: z.unknown().optional(),
  status: z.object({
    sync: z.object({ status: z.string(), revision: z.string().optional() }),
    health: z.object({ status: z.string().optional() }),
    summary: z.object({ images: z.array(z.string()).nullish() }),
    history: z
      .array(z.object({ id: z.number(), revision: z.string().optional() }))
      .nullish(),
    operationState: z.object({ phase: z.string() }).optional(),
  }),
});

export const listSchema = z.object({
  items: z.array(applicationSchema).nullable(),
});

/** An application that manages resources for others. */
export const managingSchema = z.object({
  status: z.object({
    resources: z
      .array(
        z.object({
          kind: z.string(),
          name: z.string(),
          status: z.string().optional(),
        }),
      )
      .nullish(),
  }),
});

/** The part of an Argo CD application that a scenario needs. */
export type ClusterApplication = z.infer<typeof applicationSchema>;

/** How an application is set up. */
export interface ApplicationPlan {
  name: string;
  repository: string;
  /** Folder in the configuration repository. */
  path: string;
  /**
   * Where the updater writes: a file next to the chart, its values, or the
   * Application itself.
   */
  writeBack: 'override' | 'values' | 'argocd';
  automated: boolean;
  /** Additional or overriding annotations. */
  annotations?: Record<string, string>;
  /** Additional fields of the sync policy. */
  syncPolicy?: object;
}
