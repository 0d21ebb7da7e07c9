import {
  type Application,
  timestamp,
  withHistory,
  withOperationState,
} from '@landfall/sandbox';
import { automatedSync, succeeded } from './fleetApplication';
import { latestHistoryId, revisionOf, tagOf } from './member';

/** Returns an application after the next event of its promotion. */
type Step = (app: Application) => Application;

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
export function settled(app: Application): Application {
  const { operationState, history, summary } = app.status;
  const isRolling = (summary.images?.length ?? 0) > 1;
  if (!app.operation && !isRolling) {
    return app;
  }
  let next: Step = running;
  if (operationState?.phase === 'Succeeded') {
    next = rollingOut;
  } else if (
    operationState &&
    history?.at(-1)?.deployStartedAt === operationState.startedAt
  ) {
    next = finished;
  }
  return PROMOTION.slice(PROMOTION.indexOf(next)).reduce(
    (current, step) => step(current),
    app,
  );
}

/** A sync is requested, and the state of the previous one is removed. */
function begun(app: Application): Application {
  const { source = { repoURL: '' } } = app.spec;
  const revision = revisionOf(app.metadata.name, latestHistoryId(app) + 1);
  return {
    ...withOperationState(app, undefined),
    operation: automatedSync(source, revision),
  };
}

function compared(app: Application): Application {
  const { status, operation } = app;
  const revision = operation?.sync.revision ?? status.sync.revision;
  const sync = { ...status.sync, status: 'OutOfSync', revision };
  return { ...app, status: { ...status, sync, reconciledAt: timestamp() } };
}

function running(app: Application): Application {
  const { operation } = app;
  const startedAt = timestamp();
  return operation
    ? withOperationState(app, { operation, phase: 'Running', startedAt })
    : app;
}

/** The history gets its entry before the operation has succeeded. */
function recorded(app: Application): Application {
  const state = app.status.operationState;
  const { revision = '', source = { repoURL: '' } } =
    state?.operation.sync ?? {};
  return state
    ? withHistory(app, state, { revision, source }, timestamp())
    : app;
}

function finished({ operation: _, ...app }: Application): Application {
  const state = app.status.operationState;
  return withOperationState(
    app,
    state &&
      succeeded(state.operation, {
        name: app.metadata.name,
        namespace: app.spec.destination.namespace ?? '',
        image: newImage(app),
        startedAt: state.startedAt,
        finishedAt: timestamp(),
      }),
  );
}

function rollingOut(app: Application): Application {
  const [current = ''] = app.status.summary.images ?? [];
  return withPods(app, 'Progressing', [current, newImage(app)]);
}

function healthy(app: Application): Application {
  return withPods(app, 'Healthy', app.status.summary.images ?? []);
}

/** The old pods are gone. */
function alone(app: Application): Application {
  return withPods(app, 'Healthy', [newImage(app)]);
}

/** The image that the latest history entry deployed. */
function newImage(app: Application): string {
  const [current = ''] = app.status.summary.images ?? [];
  const repository = current.slice(0, current.lastIndexOf(':'));
  return `${repository}:${tagOf(latestHistoryId(app))}`;
}

function withPods(
  app: Application,
  health: string,
  images: string[],
): Application {
  const { status } = app;
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
      health:
        status.health.status === health
          ? status.health
          : { status: health, lastTransitionTime: timestamp() },
      summary: { ...status.summary, images: [...new Set(images)].sort() },
    },
  };
}
