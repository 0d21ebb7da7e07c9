import { z } from 'zod';
import { withoutUserInfo } from '../../userInfo';

// Shapes of Argo CD's Application in its API, reduced to the fields that are
// kept. Depending on the field and the version, Go omits empty fields or sends
// null. So everything except the identity may be absent, null or empty.

const text = z.string().nullish();
const flag = z.boolean().nullish();
const count = z.number().nullish();

/** Absent, null and empty mean the same list. */
function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).nullish();
}

const sourceSchema = z.object({
  repoURL: text,
  path: text,
  chart: text,
  targetRevision: text,
  ref: text,
  helm: z
    .object({
      parameters: listOf(z.object({ name: text, value: text })),
      valueFiles: listOf(z.string()),
    })
    .nullish(),
  kustomize: z.object({ images: listOf(z.string()) }).nullish(),
  plugin: z.object({}).nullish(),
});

const initiatorSchema = z.object({ username: text, automated: flag });

const historyEntrySchema = z.object({
  id: z.number(),
  revision: text,
  revisions: listOf(z.string()),
  source: sourceSchema.nullish(),
  sources: listOf(sourceSchema),
  deployStartedAt: text,
  deployedAt: z.string(),
  initiatedBy: initiatorSchema.nullish(),
});

const operationStateSchema = z.object({
  phase: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  retryCount: count,
  operation: z
    .object({
      info: listOf(z.object({ name: text, value: text })),
      initiatedBy: initiatorSchema.nullish(),
      sync: z
        .object({
          revision: text,
          revisions: listOf(z.string()),
          dryRun: flag,
          resources: listOf(z.unknown()),
          autoHealAttemptsCount: count,
        })
        .nullish(),
    })
    .nullish(),
  syncResult: z
    .object({
      revision: text,
      revisions: listOf(z.string()),
      resources: listOf(
        z.object({ status: text, hookType: text, images: listOf(z.string()) }),
      ),
    })
    .nullish(),
});

const healthSchema = z.object({
  status: text,
  message: text,
  lastTransitionTime: text,
});

const resourceSchema = z.object({
  group: text,
  kind: text,
  namespace: text,
  name: text,
  status: text,
  health: healthSchema.nullish(),
});

const statusSchema = z.object({
  sourceType: text,
  sourceTypes: listOf(z.string()),
  sync: z
    .object({ status: text, revision: text, revisions: listOf(z.string()) })
    .nullish(),
  health: healthSchema.nullish(),
  summary: z
    .object({ images: listOf(z.string()), externalURLs: listOf(z.string()) })
    .nullish(),
  history: listOf(historyEntrySchema),
  operationState: operationStateSchema.nullish(),
  conditions: listOf(
    z.object({ type: text, message: text, lastTransitionTime: text }),
  ),
  resources: listOf(resourceSchema),
  reconciledAt: text,
  sourceHydrator: z
    .object({
      lastSuccessfulOperation: z
        .object({ drySHA: text, hydratedSHA: text })
        .nullish(),
    })
    .nullish(),
});

const specSchema = z.object({
  project: text,
  destination: z
    .object({ server: text, name: text, namespace: text })
    .nullish(),
  source: sourceSchema.nullish(),
  sources: listOf(sourceSchema),
  sourceHydrator: z
    .object({
      drySource: sourceSchema.nullish(),
      syncSource: z.object({ targetBranch: text, path: text }).nullish(),
    })
    .nullish(),
  syncPolicy: z
    .object({ automated: z.object({ enabled: flag }).nullish() })
    .nullish(),
});

/** Enough to identify an application. */
export const identitySchema = z.object({
  metadata: z.object({ name: z.string().min(1), namespace: z.string().min(1) }),
});

/** Enough to identify a version of it, too. */
export const versionedSchema = z.object({
  metadata: identitySchema.shape.metadata.extend({
    uid: z.string(),
    resourceVersion: text,
  }),
});

export const applicationSchema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: z.string().min(1),
    uid: z.string().min(1),
    resourceVersion: text,
    creationTimestamp: text,
    deletionTimestamp: text,
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  spec: specSchema,
  status: statusSchema.nullish(),
});

export const applicationListSchema = z.object({
  items: listOf(z.unknown()),
});

/** Text written by people, who may quote a URL with its credentials. */
const prose = z.string().transform(withoutUserInfo).nullish();

export const revisionMetadataSchema = z.object({
  author: prose,
  date: z.string(),
  message: prose,
  tags: listOf(z.string()),
});

export const versionSchema = z.object({ Version: z.string() });

export type RawSource = z.infer<typeof sourceSchema>;
export type RawInitiator = z.infer<typeof initiatorSchema>;
export type RawHistoryEntry = z.infer<typeof historyEntrySchema>;
export type RawOperationState = z.infer<typeof operationStateSchema>;
export type RawResource = z.infer<typeof resourceSchema>;
export type RawSpec = z.infer<typeof specSchema>;
export type RawStatus = z.infer<typeof statusSchema>;
export type RawApplication = z.infer<typeof applicationSchema>;
