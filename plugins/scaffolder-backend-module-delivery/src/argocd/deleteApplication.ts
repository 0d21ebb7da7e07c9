import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type ArgoCdClient,
  ArgoCdForbiddenError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ownerFault } from './identity';
import { type Manager, managerOf } from './manager';

/**
 * What happens to the resources of a deleted Application. `foreground`: it is gone
 * once they are; `background`: they are deleted after it; `none`: they stay.
 */
type Cascade = 'foreground' | 'background' | 'none';

/** Thrown if an Application is still there after the timeout. */
class ApplicationDeletionError extends Error {
  override name = 'ApplicationDeletionError';
}

export interface DeleteApplicationOptions {
  client: ArgoCdClient;
  name: string;
  /** Default: the namespace of Argo CD itself. */
  namespace?: string;
  project: string;
  /** The entity that it must belong to by its mark, normalized. */
  entityRef: string;
  cascade: Cascade;
  /** How long to wait until it is gone; 0: not at all. */
  timeoutSeconds: number;
  /** Between two reads. */
  intervalSeconds: number;
  signal?: AbortSignal;
  /** Called once Argo CD has accepted the deletion. */
  onDeleting: () => void;
}

const metadataSchema = z.object({
  metadata: z.object({
    namespace: z.string(),
    uid: z.string(),
    deletionTimestamp: z.string().nullish(),
    finalizers: z.array(z.string()).nullish(),
  }),
});

/**
 * Deletes an Application of an entity, and waits until it is gone. One that is gone
 * already is no error, and one that is being deleted is only waited for.
 *
 * Argo CD's API has no precondition for a deletion: if somebody else replaces the
 * Application between the read and the deletion, theirs is deleted.
 *
 * Rejects with a `ConflictError`, and deletes nothing, for one that doesn't carry the
 * mark of the entity or that something would create again, with a `NotAllowedError`
 * that names the missing right, and with the errors of `ArgoCdClient`.
 *
 * @returns false if there was none
 */
export async function deleteApplication(
  options: DeleteApplicationOptions,
): Promise<boolean> {
  const { client, name, project, cascade, signal } = options;
  const found = await read(options);
  if (!found) {
    return false;
  }
  checkOwner(found, options);
  const { namespace, uid, deletionTimestamp } = metadataOf(found);
  if (!deletionTimestamp) {
    const manager = await managerOf(client, found, { signal });
    if (manager) {
      throw new ConflictError(explainManager(name, manager));
    }
    const ref = { instance: client.instance, namespace, name };
    try {
      await client.operations.deleteApplication(ref, {
        project,
        cascade: cascade !== 'none',
        ...(cascade !== 'none' && { propagationPolicy: cascade }),
        signal,
      });
    } catch (error) {
      throw error instanceof ArgoCdForbiddenError
        ? new NotAllowedError(
            `${error.message}. Grant the account "applications, delete, ${project}/*"`,
          )
        : error;
    }
  }
  options.onDeleting();
  if (options.timeoutSeconds > 0) {
    await waitUntilGone(options, uid);
  }
  return true;
}

/** With the project, Argo CD answers 404 for a missing one, and 403 without the right. */
async function read({
  client,
  name,
  namespace,
  project,
  signal,
}: DeleteApplicationOptions): Promise<JsonObject | undefined> {
  const { instance } = client;
  return client.getApplicationManifest(
    { instance, namespace, name },
    { project, signal },
  );
}

function metadataOf(application: JsonObject) {
  return metadataSchema.parse(application).metadata;
}

function checkOwner(
  application: JsonObject,
  options: DeleteApplicationOptions,
): void {
  const found = ownerFault(application, options);
  if (found) {
    const { fault, remedy } = found;
    throw new ConflictError(
      `${fault}. It was not deleted.${remedy ? ` ${remedy}.` : ''}`,
    );
  }
}

function explainManager(
  name: string,
  { kind, name: manager, isUncertain }: Manager,
): string {
  if (kind === 'ApplicationSet') {
    return `The ApplicationSet ${manager} generates the Application ${name} and would create it again. It was not deleted. Change the ApplicationSet's generators in Git instead.`;
  }
  return isUncertain
    ? `The Application ${name} is tracked by the Application ${manager}, which the configured account may not read, so it may be created again. It was not deleted. Grant the account "applications, get" for ${manager}, or remove the manifest from Git, so that ${manager} prunes it.`
    : `The Application ${manager} manages the Application ${name} and would create it again. It was not deleted. Remove its manifest from Git instead; then ${manager} prunes it, or this step deletes it.`;
}

async function waitUntilGone(
  options: DeleteApplicationOptions,
  uid: string,
): Promise<void> {
  const { name, timeoutSeconds, intervalSeconds, signal } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  let finalizers = '';
  for (;;) {
    const found = await readAgain(options);
    if (!found) {
      return;
    }
    if (found !== 'unreachable') {
      const now = metadataOf(found);
      if (now.uid !== uid) {
        throw new ConflictError(
          `The Application ${name} was deleted, and created again by something else. Remove it there, such as from the Git repository of an app of apps.`,
        );
      }
      finalizers = now.finalizers?.join(', ') ?? '';
    }
    if (Date.now() >= deadline) {
      throw new ApplicationDeletionError(
        `The Application ${name} was not gone after ${timeoutSeconds} s. Its finalizers: ${
          finalizers || 'none'
        }. Check in Argo CD which of its resources is still being deleted, and run this again.`,
      );
    }
    await pause(intervalSeconds * 1000, undefined, { signal }).catch(() => {});
    signal?.throwIfAborted();
  }
}

/** Argo CD may restart meanwhile. */
async function readAgain(
  options: DeleteApplicationOptions,
): Promise<JsonObject | 'unreachable' | undefined> {
  try {
    return await read(options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof ArgoCdUnreachableError) {
      return 'unreachable';
    }
    throw error;
  }
}
