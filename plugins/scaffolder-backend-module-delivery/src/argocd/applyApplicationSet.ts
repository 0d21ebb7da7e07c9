import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdClient,
  ArgoCdConflictError,
  ArgoCdError,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
} from '@landfall/backstage-plugin-delivery-node';
import {
  type ApplicationSetManifest,
  type ExistingApplicationSet,
  readApplicationSet,
} from './applicationSet';

/**
 * The result of applying an ApplicationSet. A type, not an interface, because
 * checkpoints have to be JSON.
 */
export type AppliedApplicationSet = {
  /** The namespace that Argo CD put it into. */
  namespace: string;
  created: boolean;
  /** It existed, and Argo CD changed it. */
  updated: boolean;
};

export interface ApplyApplicationSetOptions {
  client: Pick<ArgoCdClient, 'applicationSets'>;
  manifest: ApplicationSetManifest;
  /** False: one that exists and differs is an error. */
  overwrite: boolean;
  signal?: AbortSignal;
}

/**
 * Creates an ApplicationSet, or updates the one that exists if it carries the mark of
 * the same entity and generates Applications in the same project. Unless it is known
 * to be ours, Argo CD is asked to create it without `upsert`, so that it refuses a
 * name that was taken since the read.
 *
 * After one of ours was read and before it is updated, another client could still
 * replace it: Argo CD's API has no precondition for an update.
 *
 * Rejects with a `ConflictError` that names both sides for one that may not be
 * overwritten, and with the errors of `ArgoCdClient`.
 */
export async function applyApplicationSet(
  options: ApplyApplicationSetOptions,
): Promise<AppliedApplicationSet> {
  const { manifest, overwrite } = options;
  const existing = await find(options);
  if (typeof existing === 'object') {
    checkOwner(existing, manifest);
    const now = readApplicationSet(
      await write(options, overwrite).catch(error => {
        throw error instanceof ArgoCdInvalidRequestError && !overwrite
          ? new ConflictError(
              `The ApplicationSet ${manifest.name} exists and differs from the manifest. Nothing was changed: run this again with overwrite "own" to update it.`,
            )
          : error;
      }),
    );
    return {
      namespace: namespaceOf(now, manifest),
      created: false,
      updated: now.resourceVersion !== existing.resourceVersion,
    };
  }
  try {
    const created = readApplicationSet(await write(options, false));
    return {
      namespace: namespaceOf(created, manifest),
      created: true,
      updated: false,
    };
  } catch (error) {
    if (
      error instanceof ArgoCdInvalidRequestError ||
      error instanceof ArgoCdConflictError
    ) {
      const now = await find(options);
      if (typeof now === 'object') {
        checkOwner(now, manifest);
        throw new ConflictError(
          `The ApplicationSet ${manifest.name} was created by somebody else at the same time. Run this again.`,
        );
      }
    }
    throw existing === 'unknown'
      ? new ConflictError(
          `Argo CD refused to create the ApplicationSet ${manifest.name}. Either the manifest is invalid, or one of this name exists that the configured account may not read: then choose another name.`,
          error,
        )
      : error;
  }
}

/** `unknown`: it exists, and the account may not read it. */
async function find({
  client,
  manifest,
  signal,
}: ApplyApplicationSetOptions): Promise<
  ExistingApplicationSet | 'missing' | 'unknown'
> {
  const { name, namespace } = manifest;
  try {
    const found = await client.applicationSets.getApplicationSet(
      { name, namespace },
      { signal },
    );
    return found ? readApplicationSet(found) : 'missing';
  } catch (error) {
    if (error instanceof ArgoCdForbiddenError) {
      return 'unknown';
    }
    throw error;
  }
}

async function write(
  {
    client,
    manifest: { name, project, manifest },
    signal,
  }: ApplyApplicationSetOptions,
  upsert: boolean,
): Promise<JsonObject> {
  try {
    return await client.applicationSets.createApplicationSet(manifest, {
      upsert,
      signal,
    });
  } catch (error) {
    // Argo CD also answers 500 for a missing right, and for a project that is missing.
    if (
      error instanceof ArgoCdForbiddenError ||
      (error instanceof ArgoCdError && error.status === 500)
    ) {
      throw new ConflictError(
        `${error.message}. Check that the project ${project} exists, and that the account has "applicationsets, get", "applicationsets, create" and "applicationsets, update" for ${project}/${name}`,
      );
    }
    throw error;
  }
}

function checkOwner(
  existing: ExistingApplicationSet,
  { name, entityRef, project }: ApplicationSetManifest,
): void {
  const differences = [
    ...(existing.entityRef === entityRef
      ? []
      : [
          `it belongs to ${
            existing.entityRef ?? 'no entity'
          }, and the manifest belongs to ${entityRef}`,
        ]),
    ...(existing.project === project
      ? []
      : [
          `its Applications are in the project ${existing.project}, and those of the manifest are in ${project}`,
        ]),
  ];
  if (differences.length > 0) {
    throw new ConflictError(
      `The ApplicationSet ${name} exists and is not overwritten: ${differences.join(
        '; ',
      )}. Choose another name, or have its owner set the annotation ${ENTITY_REF_MARK}: ${entityRef} and the project.`,
    );
  }
}

function namespaceOf(
  { namespace }: ExistingApplicationSet,
  manifest: ApplicationSetManifest,
): string {
  return namespace ?? manifest.namespace ?? 'argocd';
}
