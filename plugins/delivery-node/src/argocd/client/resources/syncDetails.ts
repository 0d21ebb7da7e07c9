import { z } from 'zod';
import { HIDDEN, maskText } from '../../decode';
import type {
  ApplicationSyncDetails,
  ResourceSyncState,
  SyncResultResource,
} from '../../detailTypes';
import { parametersSchema, toSourceParameters } from './sourceParameters';

const text = z.string().nullish();
const flag = z.boolean().nullish();

const resourceSchema = z.object({
  group: text,
  kind: text,
  namespace: text,
  name: text,
  status: text,
  requiresPruning: flag,
  hook: flag,
});

const resultSchema = z.object({
  group: text,
  kind: text,
  namespace: text,
  name: text,
  status: text,
  message: text,
  hookType: text,
  hookPhase: text,
});

/** Of `GET /applications/{name}`: what the watch doesn't keep. */
export const syncDetailsSchema = z.object({
  spec: parametersSchema.nullish(),
  status: z
    .object({
      resources: z.array(resourceSchema).nullish(),
      operationState: z
        .object({
          syncResult: z
            .object({ resources: z.array(resultSchema).nullish() })
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export function toSyncDetails({
  spec,
  status,
}: z.infer<typeof syncDetailsSchema>): ApplicationSyncDetails {
  const result = status?.operationState?.syncResult;
  return {
    resources: (status?.resources ?? []).map(toState),
    parameters: toSourceParameters(spec),
    syncResult: result ? (result.resources ?? []).map(toResult) : undefined,
  };
}

function toState(raw: z.infer<typeof resourceSchema>): ResourceSyncState {
  return {
    group: raw.group ?? '',
    kind: raw.kind ?? '',
    namespace: raw.namespace || undefined,
    name: raw.name ?? '',
    status: raw.status || undefined,
    requiresPruning: raw.requiresPruning ?? false,
    hook: raw.hook ?? false,
  };
}

/** As kubectl reports a success: the name, and what was done. */
const SUCCESS = /^[\w.]+\/[\w.-]+ [a-z][a-z -]{0,60}(?: \([\w .-]{0,100}\))?$/;

/**
 * Kubernetes quotes the whole object in some errors, which for a Secret includes its
 * values.
 */
function messageOf(kind: string, message: string): string | undefined {
  return kind === 'Secret' && !SUCCESS.test(message)
    ? undefined
    : maskText(message, HIDDEN) || undefined;
}

function toResult(raw: z.infer<typeof resultSchema>): SyncResultResource {
  return {
    group: raw.group ?? '',
    kind: raw.kind ?? '',
    namespace: raw.namespace || undefined,
    name: raw.name ?? '',
    status: raw.status || undefined,
    message: messageOf(raw.kind ?? '', raw.message ?? ''),
    hookType: raw.hookType || undefined,
    // Argo CD sets it for all objects, but it only has a meaning for hooks.
    hookPhase: (raw.hookType && raw.hookPhase) || undefined,
  };
}
