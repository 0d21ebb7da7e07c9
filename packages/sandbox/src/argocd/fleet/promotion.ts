import { withHistory, withOperationState } from '../reconcile/operationStatus';
import { timestamp } from '../time';
import type { Application, OperationState } from '../types';
import { automatedSync, succeeded } from './fleetApplication';
import { latestHistoryId, revisionOf, tagOf } from './member';

/**
 * Returns an application after the next event of its promotion; `now` in
 * milliseconds.
 */
type Step = (app: Application, now: number) => Application;

/**
 * The rollout of a new image into an application, event by event, as Argo CD
 * reports an automated sync of a Deployment.
 */
export const PROMOTION: Step[] = [
  begun,
  compared,
  running,
  recorded,
  finished,
  rollingOut,
  healthy,
  alone,
];

/**
 * The application after completing an interrupted promotion; unchanged if there
 * is none.
 */
export function settled(app: Application, now: number): Application {
  const isRolling = (app.status.summary.images?.length ?? 0) > 1;
  if (!app.operation && !isRolling) {
    return app;
  }
  const { operationState } = app.status;
  const done = operationState?.phase === 'Succeeded';
  const rest = PROMOTION.slice(PROMOTION.indexOf(done ? rollingOut : running));
  const isRecorded =
    operationState &&
    app.status.history?.at(-1)?.deployStartedAt === operationState.startedAt;
  return rest
    .filter(step => !(isRecorded && (step === running || step === recorded)))
    .reduce((current, step) => step(current, now), app);
}

/** A sync is requested, and the state of the previous one is removed. */
function begun(app: Application): Application {
  const { source } = app.spec;
  if (!source) {
    return app;
  }
  const revision = revisionOf(app.metadata.name, latestHistoryId(app) + 1);
  return {
    ...app,
    status: withOperationState(app, undefined),
    operation: automatedSync(source, revision),
  };
}

function compared(app: Application, now: number): Application {
  const revision = app.operation?.sync.revision ?? app.status.sync.revision;
  return {
    ...app,
    status: {
      ...app.status,
      sync: { ...app.status.sync, status: 'OutOfSync', revision },
      reconciledAt: timestamp(now),
    },
  };
}

function running(app: Application, now: number): Application {
  return app.operation
    ? {
        ...app,
        status: withOperationState(app, {
          operation: app.operation,
          phase: 'Running',
          startedAt: timestamp(now),
        }),
      }
    : app;
}

/** The history gets its entry before the operation has succeeded. */
function recorded(app: Application, now: number): Application {
  const state = app.status.operationState;
  const { source } = app.spec;
  if (!state || !source) {
    return app;
  }
  const revision = state.operation.sync.revision ?? '';
  return withHistory(app, state, { revision, source }, timestamp(now));
}

function finished(app: Application, now: number): Application {
  const { operation: _, ...rest } = app;
  const running_: OperationState | undefined = app.status.operationState;
  if (!running_) {
    return rest;
  }
  const { name } = app.metadata;
  return {
    ...rest,
    status: withOperationState(
      app,
      succeeded(running_.operation, {
        name,
        namespace: app.spec.destination.namespace ?? '',
        image: newImage(app),
        startedAt: running_.startedAt,
        finishedAt: timestamp(now),
      }),
    ),
  };
}

function rollingOut(app: Application, now: number): Application {
  const images = app.status.summary.images ?? [];
  return withPods(
    app,
    'Progressing',
    [...images.slice(0, 1), newImage(app)],
    now,
  );
}

function healthy(app: Application, now: number): Application {
  return withPods(app, 'Healthy', app.status.summary.images ?? [], now);
}

/** The old pods are gone. */
function alone(app: Application, now: number): Application {
  return withPods(app, 'Healthy', [newImage(app)], now);
}

/** The image that the latest history entry deployed. */
function newImage(app: Application): string {
  const [current = ''] = app.status.summary.images ?? [];
  const repository = current.slice(0, current.lastIndexOf(':'));
  return `${repository}:${tagOf(latestHistoryId(app))}`;
}

function withPods(
  app: Application,
  health: 'Progressing' | 'Healthy',
  images: string[],
  now: number,
): Application {
  const { status } = app;
  const moved = status.health.status !== health;
  return {
    ...app,
    status: {
      ...status,
      resources: status.resources?.map(resource =>
        resource.kind === 'Deployment'
          ? { ...resource, health: { status: health } }
          : resource,
      ),
      sync: { ...status.sync, status: 'Synced' },
      health: moved
        ? { status: health, lastTransitionTime: timestamp(now) }
        : status.health,
      summary: { ...status.summary, images: [...new Set(images)].sort() },
    },
  };
}
