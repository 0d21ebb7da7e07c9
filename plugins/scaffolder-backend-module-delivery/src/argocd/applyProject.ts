import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdClient,
  ArgoCdConflictError,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
} from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';
import { entityRefOfMark } from '../access';
import {
  mergedProject,
  projectDifferences,
  type ProjectSettingDifference,
  type ProjectSpec,
} from './projectSpec';

/** How often a project is read again after somebody else has changed it. */
const ATTEMPTS = 4;

const projectSchema = z.looseObject({
  metadata: z.looseObject({
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z.record(z.string(), z.json()).nullish(),
});

/**
 * The result of applying a project. A type, not an interface, because checkpoints
 * have to be JSON.
 */
export type AppliedProject = {
  created: boolean;
  updated: boolean;
  /** What was changed. */
  differences: ProjectSettingDifference[];
};

export interface ApplyProjectOptions {
  client: Pick<ArgoCdClient, 'projects'>;
  name: string;
  /** Normalized. */
  entityRef: string;
  spec: ProjectSpec;
  signal?: AbortSignal;
}

/**
 * Creates an AppProject with the mark of the entity, or changes the settings of one
 * that carries it. Argo CD refuses an update of a project that somebody else has
 * changed since it was read, so nothing of theirs is lost: it is read again.
 *
 * Rejects with a `ConflictError`, and changes nothing, for a project with another
 * mark or without one, with a `NotAllowedError` that names the missing right, and
 * with the errors of `ArgoCdClient`.
 */
export async function applyProject(
  options: ApplyProjectOptions,
): Promise<AppliedProject> {
  const { name } = options;
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const applied = await tryApply(options);
      if (applied) {
        return applied;
      }
    }
  } catch (error) {
    throw error instanceof ArgoCdForbiddenError
      ? new NotAllowedError(
          `${error.message}. Grant the account "projects, get", "projects, create" and "projects, update" for ${name}; to add repositories and clusters, also "repositories, update" and "clusters, update"`,
        )
      : error;
  }
  throw new ConflictError(
    `The AppProject ${name} was changed by somebody else ${ATTEMPTS} times in a row. Run this again.`,
  );
}

/** Undefined if somebody else came first. */
async function tryApply(
  options: ApplyProjectOptions,
): Promise<AppliedProject | undefined> {
  const { client, name, spec, signal } = options;
  const existing = await client.projects.getProject(name, { signal });
  if (!existing) {
    return create(options);
  }
  checkOwner(existing, options);
  const current = projectSchema.parse(existing).spec ?? {};
  const differences = projectDifferences(current, spec);
  if (differences.length === 0) {
    return { created: false, updated: false, differences };
  }
  try {
    await client.projects.updateProject(
      { ...existing, spec: mergedProject(current, spec) },
      { signal },
    );
  } catch (error) {
    if (error instanceof ArgoCdConflictError) {
      return undefined;
    }
    throw error;
  }
  return { created: false, updated: true, differences };
}

async function create(
  options: ApplyProjectOptions,
): Promise<AppliedProject | undefined> {
  const { client, name, entityRef, spec, signal } = options;
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, annotations: { [ENTITY_REF_MARK]: entityRef } },
    spec: mergedProject({}, spec),
  };
  let created: JsonObject;
  try {
    created = await client.projects.createProject(manifest, { signal });
  } catch (error) {
    const isTaken =
      (error instanceof ArgoCdInvalidRequestError ||
        error instanceof ArgoCdConflictError) &&
      (await client.projects.getProject(name, { signal })) !== undefined;
    if (isTaken) {
      return undefined;
    }
    throw error;
  }
  // One with the same spec, created since the read, is returned as it is.
  checkOwner(created, options);
  return { created: true, updated: false, differences: [] };
}

function checkOwner(
  project: JsonObject,
  { name, entityRef }: ApplyProjectOptions,
): void {
  const { annotations } = projectSchema.parse(project).metadata;
  const owner = entityRefOfMark(annotations?.[ENTITY_REF_MARK]);
  if (owner !== entityRef) {
    throw new ConflictError(
      owner
        ? `The AppProject ${name} belongs to ${owner} by its annotation ${ENTITY_REF_MARK}, not to ${entityRef}. It was not changed. Choose another name.`
        : `The AppProject ${name} exists without the annotation ${ENTITY_REF_MARK}, so it may not belong to ${entityRef}. It was not changed. Choose another name; or, if it does belong to it, have its owner set the annotation to ${entityRef}.`,
    );
  }
}
