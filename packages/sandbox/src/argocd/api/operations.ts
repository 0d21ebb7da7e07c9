import { z } from 'zod';
import { messageOf } from '../../errors';
import { readJson } from '../../http/messages';
import { ApiError } from '../errors';
import { asStrings, at, unlessEmpty } from '../json';
import { isAutomated, syncOf } from '../reconcile/autosync';
import { withOperationState } from '../reconcile/operationStatus';
import { canSync, windowsFor } from '../reconcile/windows';
import { keyOfApp } from '../store/ApplicationStore';
import { sourcesOf, type Application, type Operation } from '../types';
import type { ApiContext } from './context';
import { objectSchema, referenceSchema, type Call, type Routes } from './http';

/** Sync, rollback and terminate. */
export function operations(context: ApiContext): Routes {
  const path = '/api/v1/applications/{}';
  return {
    [`POST ${path}/sync`]: call => sync(context, call),
    [`POST ${path}/rollback`]: call => rollback(context, call),
    [`DELETE ${path}/operation`]: call => terminate(context, call),
  };
}

const requestSchema = referenceSchema.extend({
  prune: z.boolean().nullish(),
  dryRun: z.boolean().nullish(),
});

const syncSchema = requestSchema.extend({
  revision: z.string().nullish(),
  revisions: z.array(z.string()).nullish(),
  resources: z
    .array(
      z.object({
        group: z.string().default(''),
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .nullish(),
  strategy: objectSchema.nullish(),
  syncOptions: z.object({ items: z.array(z.string()).nullish() }).nullish(),
  infos: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});

const rollbackSchema = requestSchema.extend({
  id: z.coerce.number().nullish(),
});

/** Starts an operation in an application that has none. */
function start(
  { store }: ApiContext,
  app: Application,
  operation: Operation,
): Application {
  const key = keyOfApp(app);
  if (store.applications.get(key)?.operation) {
    throw new ApiError(
      'precondition',
      'another operation is already in progress',
    );
  }
  const updated = store.applications.update(key, before => ({
    ...withOperationState(before, undefined),
    operation,
  }));
  return updated ?? app;
}

/** Refuses an operation in a closed sync window, or of what is deleted. */
function checkOpen({ store }: ApiContext, app: Application): void {
  if (!canSync(windowsFor(store.projectOf(app), app), true, Date.now())) {
    throw new ApiError('forbidden', 'cannot sync: blocked by sync window');
  }
  if (app.metadata.deletionTimestamp) {
    throw new ApiError('precondition', 'application is deleting');
  }
}

async function sync(context: ApiContext, call: Call): Promise<Application> {
  const { access, git } = context;
  const body = await readJson(call.req, syncSchema);
  const app = access.find(call, 'get', body);
  access.enforce(call.principal, 'applications', 'sync', access.objectOf(app));
  checkOpen(context, app);
  const sources = sourcesOf(app.spec);
  const target = sources[0]?.targetRevision || 'HEAD';
  const wanted = body.revision || undefined;
  if (
    isAutomated(app) &&
    wanted &&
    wanted !== target &&
    !app.spec.sources &&
    !body.dryRun
  ) {
    throw new ApiError(
      'precondition',
      `Cannot sync to ${wanted}: auto-sync currently set to ${target}`,
    );
  }
  const revisions = await Promise.all(
    sources.map(({ repoURL, targetRevision }, i) =>
      git.resolve(
        repoURL,
        body.revisions?.[i] || (i === 0 ? wanted : undefined) || targetRevision,
      ),
    ),
  ).catch(error => {
    throw new ApiError(
      'precondition',
      `error resolving repo revision: rpc error: code = Unknown desc = ${messageOf(
        error,
      )}`,
    );
  });
  return start(context, app, {
    sync: syncOf(app, revisions, {
      prune: body.prune || undefined,
      dryRun: body.dryRun || undefined,
      resources: unlessEmpty(body.resources ?? []),
      syncStrategy: body.strategy ?? undefined,
      ...(body.syncOptions
        ? { syncOptions: unlessEmpty(body.syncOptions.items ?? []) }
        : {}),
    }),
    initiatedBy: { username: call.principal.subject },
    info: unlessEmpty(body.infos ?? []),
    retry: {},
  });
}

async function rollback(context: ApiContext, call: Call): Promise<Application> {
  const { id, prune, dryRun, ...body } = await readJson(
    call.req,
    rollbackSchema,
  );
  if (id === undefined || id === null) {
    throw new ApiError(
      'internal',
      'grpc: error while marshaling: proto: required field "id" not set',
    );
  }
  const app = context.access.find(call, 'sync', body);
  checkOpen(context, app);
  if (isAutomated(app)) {
    throw new ApiError(
      'precondition',
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const entry = app.status.history?.find(h => h.id === id);
  if (!entry) {
    throw new ApiError(
      'invalid',
      `application ${keyOfApp(app)} does not have deployment with id ${id}`,
    );
  }
  const { revision, source, sources, revisions } = entry;
  return start(context, app, {
    sync: {
      ...(sources ? { sources, revisions } : { source, revision }),
      prune: prune || undefined,
      dryRun: dryRun || undefined,
      syncStrategy: { apply: {} },
      syncOptions: unlessEmpty(
        asStrings(at(app.spec.syncPolicy, 'syncOptions')),
      ),
    },
    initiatedBy: { username: call.principal.subject },
    retry: {},
  });
}

function terminate({ access, store }: ApiContext, call: Call): object {
  const app = access.find(call, 'sync');
  const state = app.status.operationState;
  if (!app.operation || state?.phase !== 'Running') {
    throw new ApiError(
      'invalid',
      'Unable to terminate operation. No operation is in progress',
    );
  }
  store.applications.update(keyOfApp(app), current =>
    withOperationState(current, { ...state, phase: 'Terminating' }),
  );
  return {};
}
