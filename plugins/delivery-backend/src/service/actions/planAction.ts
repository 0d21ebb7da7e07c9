import type {
  ActionRecord,
  ActionTrace,
  Application,
  ApplicationActionRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { SyncRequest } from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';

/** The full id of a commit. */
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

const plannedSchema = z.object({
  project: z.string(),
  expectedKey: z.string(),
  destinationNamespace: z.string().optional(),
  pinned: z
    .object({
      revision: z.string().optional(),
      revisions: z
        .array(z.object({ position: z.number(), revision: z.string() }))
        .optional(),
    })
    .optional(),
});

/**
 * What is stored of an action to carry it out: with names of the store, so that
 * nothing of the request reaches Argo CD unchecked.
 *
 * @internal
 */
export type PlannedAction = z.infer<typeof plannedSchema>;

/** @internal */
export function planAction(
  request: ApplicationActionRequest,
  application: Application,
): { planned: PlannedAction; trace: ActionTrace } {
  return {
    planned: {
      project: application.project,
      expectedKey: request.expected.actionKey,
      destinationNamespace: application.destination.namespace,
      ...(request.action === 'sync' && { pinned: pin(application) }),
    },
    trace: traceOf(request, application),
  };
}

/** @internal */
export function parsePlanned(request: unknown): PlannedAction {
  return plannedSchema.parse(request);
}

/**
 * The options of an action's record.
 *
 * @internal
 */
export function optionsOf(
  request: ApplicationActionRequest,
): ActionRecord['options'] {
  switch (request.action) {
    case 'sync': {
      const { prune, dryRun, force, replace, resources } = request;
      return { prune, dryRun, force, replace, resources };
    }
    case 'rollback': {
      const { prune, dryRun, historyId } = request;
      return { prune, dryRun, historyId };
    }
    case 'refresh':
    case 'hard-refresh':
    case 'terminate':
      return undefined;
    default: {
      const { namespace, name } = request.rollout;
      return { rollout: namespace ? `${namespace}/${name}` : name };
    }
  }
}

/**
 * The commits that were compared when the `actionKey` was checked: they contain what
 * the caller saw, so that what was pushed a moment ago isn't synced unseen. Argo CD
 * takes no revision while it syncs automatically, and those of
 * charts and hydrated manifests aren't commits that somebody chose.
 */
function pin({
  automatedSync,
  drySource,
  sources,
  sync,
}: Application): Pick<SyncRequest, 'revision' | 'revisions'> | undefined {
  if (automatedSync || drySource || sources.some(({ chart }) => chart)) {
    return undefined;
  }
  const { revisions } = sync;
  if (
    revisions.length !== sources.length ||
    !revisions.every(revision => COMMIT.test(revision))
  ) {
    return undefined;
  }
  return sources.length === 1
    ? { revision: revisions[0] }
    : {
        revisions: revisions.map((revision, index) => ({
          position: index + 1,
          revision,
        })),
      };
}

function traceOf(
  request: ApplicationActionRequest,
  application: Application,
): ActionTrace {
  switch (request.action) {
    case 'terminate':
      return { operationStartedAt: application.operation?.startedAt };
    case 'rollback': {
      const entry = application.history.find(
        ({ id }) => id === request.historyId,
      );
      return { revisions: entry?.revisions };
    }
    default:
      return {};
  }
}
