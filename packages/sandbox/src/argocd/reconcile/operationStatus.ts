import type {
  Application,
  HistoryEntry,
  Operation,
  OperationState,
  SyncResult,
} from '../types';

/** The message of the event for the start of an operation. */
export function startedMessage({ sync, initiatedBy }: Operation): string {
  const what = sync.resources?.length ? 'partial sync' : 'sync';
  const to = sync.revision || sync.revisions?.join(', ') || 'HEAD';
  return initiatedBy.automated
    ? `Initiated automated ${what} to '${to}'`
    : `${initiatedBy.username ?? 'Unknown user'} initiated ${what} to ${to}`;
}

/** The status with the given operation state, in Argo CD's order of fields. */
export function withOperationState(
  app: Application,
  operationState: OperationState | undefined,
): Application['status'] {
  const {
    resources,
    sync,
    health,
    history,
    conditions,
    reconciledAt,
    operationState: _,
    ...rest
  } = app.status;
  return {
    ...(resources ? { resources } : {}),
    sync,
    health,
    ...(history ? { history } : {}),
    ...(conditions ? { conditions } : {}),
    ...(reconciledAt ? { reconciledAt } : {}),
    ...(operationState ? { operationState } : {}),
    ...rest,
  };
}

/** The application with a history entry for a successful sync. */
export function withHistory(
  app: Application,
  state: OperationState,
  result: SyncResult,
  deployedAt: string,
): Application {
  const before = app.status.history ?? [];
  const id = before.length ? before[before.length - 1].id + 1 : 0;
  const entry: HistoryEntry = {
    ...(result.sources ? {} : { revision: result.revision }),
    deployedAt,
    id,
    source: result.sources ? { repoURL: '' } : result.source,
    deployStartedAt: state.startedAt,
    ...(result.sources
      ? { sources: result.sources, revisions: result.revisions }
      : {}),
    initiatedBy: state.operation.initiatedBy,
  };
  const limit = app.spec.revisionHistoryLimit ?? 10;
  const { resources, sync, health, history: _, ...rest } = app.status;
  return {
    ...app,
    status: {
      ...(resources ? { resources } : {}),
      sync,
      health,
      history: [...before, entry].slice(
        -Math.max(limit, 0) || before.length + 1,
      ),
      ...rest,
    },
  };
}
