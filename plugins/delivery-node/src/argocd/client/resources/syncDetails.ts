import { z } from 'zod';
import type {
  ApplicationSyncDetails,
  ResourceSyncState,
  SyncResultResource,
} from '../../detailTypes';
import { withoutUserInfo } from '../../../userInfo';

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
  status,
}: z.infer<typeof syncDetailsSchema>): ApplicationSyncDetails {
  const result = status?.operationState?.syncResult;
  return {
    resources: (status?.resources ?? []).map(toState),
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

function toResult(raw: z.infer<typeof resultSchema>): SyncResultResource {
  return {
    group: raw.group ?? '',
    kind: raw.kind ?? '',
    namespace: raw.namespace || undefined,
    name: raw.name ?? '',
    status: raw.status || undefined,
    message: withoutUserInfo(raw.message ?? '') || undefined,
    hookType: raw.hookType || undefined,
    // Argo CD sets it for all objects, but it only has a meaning for hooks.
    hookPhase: (raw.hookType && raw.hookPhase) || undefined,
  };
}
