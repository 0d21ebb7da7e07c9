import { at, list, text } from '../http/json';

interface HistoryEntry {
  id: number;
  revision: string;
  raw: unknown;
}

/**
 * The parts of an application that the expectations check, as Argo CD wrote them.
 */
export interface ApplicationView {
  /** An operation is requested or running. */
  operating: boolean;
  /** `undefined` while there is no operation state. */
  phase?: string;
  message: string;
  sync: string;
  revision: string;
  health: string;
  /** Names without the path before the last slash, sorted: `api:1.0.0`. */
  images: string[];
  history: HistoryEntry[];
  lastId?: number;
  /** The operation state's sync is restricted to some resources. */
  partial: boolean;
  raw: unknown;
}

/** Reads an application. Missing parts become an empty string or list. */
export function viewOf(application: unknown): ApplicationView {
  const status = at(application, 'status');
  const phase = at(status, 'operationState', 'phase');
  const history = list(at(status, 'history')).map(entry => ({
    // Go's JSON omits zero values.
    id: Number(at(entry, 'id') ?? 0),
    revision: text(at(entry, 'revision')),
    raw: entry,
  }));
  return {
    operating: at(application, 'operation') !== undefined,
    phase: typeof phase === 'string' ? phase : undefined,
    message: text(at(status, 'operationState', 'message')),
    sync: text(at(status, 'sync', 'status')),
    revision: text(at(status, 'sync', 'revision')),
    health: text(at(status, 'health', 'status')),
    images: list(at(status, 'summary', 'images'))
      .map(image => text(image).split('/').at(-1) ?? '')
      .sort(),
    history,
    lastId: history.at(-1)?.id,
    partial:
      list(at(status, 'operationState', 'operation', 'sync', 'resources'))
        .length > 0,
    raw: application,
  };
}

/** A one-line summary for messages. */
export function summaryOf(view: ApplicationView): string {
  const { operating, phase, message, sync, revision, health, images } = view;
  const conditions = list(at(view.raw, 'status', 'conditions')).map(condition =>
    text(at(condition, 'message')),
  );
  return [
    operating ? 'operation' : 'no operation',
    phase ?? 'no phase',
    sync || 'no sync status',
    revision.slice(0, 8) || 'no revision',
    health || 'no health',
    images.join(' + ') || 'no images',
    `history ${view.history.map(({ id }) => id).join(' ') || 'empty'}`,
    message && `message: ${message}`,
    ...conditions.map(condition => `condition: ${condition}`),
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * The end of a successful sync: nothing running, Succeeded, Synced, Healthy.
 */
export function isSettled(view: ApplicationView): boolean {
  return (
    !view.operating &&
    view.phase === 'Succeeded' &&
    view.sync === 'Synced' &&
    view.health === 'Healthy'
  );
}
