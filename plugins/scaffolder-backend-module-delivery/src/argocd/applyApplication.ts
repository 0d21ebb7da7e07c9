import { ConflictError } from '@backstage/errors';
import {
  type ArgoCdClient,
  ArgoCdConflictError,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
} from '@landfall/backstage-plugin-delivery-node';
import { identityOf } from './identity';
import type { ApplicationManifest } from './manifest';
import {
  explainRefusal,
  type Found,
  mayUpdate,
  type Overwrite,
  type Ownership,
  ownershipOf,
} from './ownership';

/** The result of applying a manifest. */
export interface AppliedApplication {
  /** The namespace that Argo CD put it into. */
  namespace: string;
  created: boolean;
  /** It existed, and Argo CD received the manifest to replace it. */
  updated: boolean;
  /** It was updated although it was not ours. */
  adopted: boolean;
}

export interface ApplyApplicationOptions {
  client: ArgoCdClient;
  manifest: ApplicationManifest;
  overwrite: Overwrite;
  /** False: Argo CD accepts a manifest that it can't render yet. */
  validate: boolean;
  signal?: AbortSignal;
}

type ReadOptions = Omit<ApplyApplicationOptions, 'overwrite' | 'validate'>;

/**
 * Creates an Application, or updates an existing one as far as `overwrite`
 * permits. Unless the name is known to be ours, Argo CD is asked to create it
 * without `upsert`, so that it refuses a name that was taken since the read.
 *
 * After one of ours was read and before it is updated, another client could still
 * replace it: Argo CD's API has no precondition for an update.
 *
 * Rejects with a `ConflictError` that names both sides for an Application that
 * may not be overwritten, and with the errors of `ArgoCdClient`.
 */
export async function applyApplication(
  options: ApplyApplicationOptions,
): Promise<AppliedApplication> {
  const { overwrite } = options;
  const ownership = await inspect(options);
  const exists = 'existing' in ownership;
  if (exists && mayUpdate(ownership, overwrite)) {
    const namespace = await write(options, true);
    const adopted = ownership.state === 'foreign';
    return { namespace, created: false, updated: true, adopted };
  }
  try {
    // An identical one is no conflict for Argo CD: it returns it unchanged.
    const namespace = await write(options, false);
    return { namespace, created: !exists, updated: false, adopted: false };
  } catch (error) {
    if (!isRefusal(error)) {
      throw error;
    }
    if (mayUpdate(ownership, overwrite)) {
      // It exists where the account may not read it, or was created just now.
      const namespace = await write(options, true);
      return { namespace, created: false, updated: true, adopted: true };
    }
    // An invalid manifest is refused with the same code: check who holds the name.
    const now = exists ? ownership : await inspect(options);
    const { name, identity } = options.manifest;
    const words = explainRefusal(name, now, identity);
    if (words === undefined) {
      throw error;
    }
    // Argo CD's own words only help where the reason isn't known.
    throw new ConflictError(words, now.state === 'unknown' ? error : undefined);
  }
}

/**
 * Makes sure that the name of an Application is ours before its manifest is
 * committed to a repository that an app-of-apps applies: an app-of-apps replaces
 * whatever has the name. An Application of ours stays as it is. A name that seems
 * free is claimed by creating the Application. Argo CD refuses that if it exists
 * where the account may not read it.
 *
 * Rejects with a `ConflictError` that names both sides for an Application of
 * someone else, and with the errors of `ArgoCdClient`.
 */
export async function reserveApplication(
  options: ReadOptions,
): Promise<AppliedApplication> {
  const { manifest } = options;
  const attempt: ApplyApplicationOptions = {
    ...options,
    overwrite: 'own',
    // What it would render isn't committed yet.
    validate: false,
  };
  return (await isOurs(attempt))
    ? unchanged(manifest)
    : applyApplication(attempt);
}

/**
 * Checks that the name of an Application is ours or free, and changes nothing. A
 * name may still belong to an Application that the account may not read: only
 * `reserveApplication` finds that one.
 *
 * Rejects with a `ConflictError` that names both sides for an Application of
 * someone else, and with the errors of `ArgoCdClient`.
 */
export async function checkApplication(
  options: ReadOptions,
): Promise<AppliedApplication> {
  await isOurs(options);
  return unchanged(options.manifest);
}

/** False: the name seems free. */
async function isOurs(options: ReadOptions): Promise<boolean> {
  const { name, identity } = options.manifest;
  const ownership = await inspect(options);
  const refusal =
    ownership.state === 'foreign' && explainRefusal(name, ownership, identity);
  if (refusal) {
    throw new ConflictError(refusal);
  }
  return ownership.state !== 'missing' && ownership.state !== 'unknown';
}

function unchanged({ namespace }: ApplicationManifest): AppliedApplication {
  return {
    namespace: namespace ?? 'argocd',
    created: false,
    updated: false,
    adopted: false,
  };
}

async function inspect(options: ReadOptions): Promise<Ownership> {
  const { identity } = options.manifest;
  return ownershipOf(await find(options), identity);
}

/**
 * With the project, Argo CD distinguishes a missing Application (404) from a
 * forbidden one (403), but also answers 404 for one of another project. Only a
 * read without the project finds that one, and there a missing one is 403, too.
 */
async function find(options: ReadOptions): Promise<Found> {
  const inProject = await read(options, options.manifest.identity.project);
  if (typeof inProject === 'object') {
    return inProject;
  }
  const anywhere = await read(options, undefined);
  if (typeof anywhere === 'object') {
    return anywhere;
  }
  return inProject === 'missing' && anywhere === 'missing'
    ? 'missing'
    : 'unknown';
}

async function read(
  { client, manifest, signal }: ReadOptions,
  project: string | undefined,
): Promise<Found> {
  const { instance } = client;
  const { name, namespace } = manifest;
  try {
    const application = await client.getApplicationManifest(
      { instance, namespace, name },
      { project, signal },
    );
    return application ? identityOf(application) : 'missing';
  } catch (error) {
    if (error instanceof ArgoCdForbiddenError) {
      return 'unknown';
    }
    throw error;
  }
}

async function write(
  { client, manifest, validate, signal }: ApplyApplicationOptions,
  upsert: boolean,
): Promise<string> {
  const { ref } = await client.createApplication(manifest.manifest, {
    upsert,
    validate,
    signal,
  });
  return ref.namespace;
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof ArgoCdInvalidRequestError ||
    error instanceof ArgoCdConflictError
  );
}
