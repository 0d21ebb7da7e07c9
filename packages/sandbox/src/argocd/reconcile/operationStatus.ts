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

/** The application with the given operation state, or without one. */
export function withOperationState(
  app: Application,
  operationState: OperationState | undefined,
): Application {
  return { ...app, status: { ...app.status, operationState } };
}

/** The application with a history entry for a successful sync. */
export function withHistory(
  app: Application,
  { startedAt, operation }: OperationState,
  { revision, source, sources, revisions }: SyncResult,
  deployedAt: string,
): Application {
  const before = app.status.history ?? [];
  const entry: HistoryEntry = {
    ...(sources
      ? { source: { repoURL: '' }, sources, revisions }
      : { revision, source }),
    id: (before.at(-1)?.id ?? -1) + 1,
    deployedAt,
    deployStartedAt: startedAt,
    initiatedBy: operation.initiatedBy,
  };
  const limit = app.spec.revisionHistoryLimit ?? 10;
  const history = [...before, entry].slice(limit > 0 ? -limit : 0);
  return { ...app, status: { ...app.status, history } };
}
