import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type ArgoCdClient,
  ArgoCdError,
} from '@landfall/backstage-plugin-delivery-node';
import { setTimeout as pause } from 'node:timers/promises';
import { ownerFault } from './identity';
import { type Manager, managerOf } from './manager';

/** Thrown if an Application is still managed after the timeout. */
class ApplicationReleaseError extends Error {
  override name = 'ApplicationReleaseError';
}

export interface WaitForReleaseOptions {
  client: ArgoCdClient;
  name: string;
  /** Default: the namespace of Argo CD itself. */
  namespace?: string;
  project: string;
  /** The entity that it must belong to by its mark, normalized. */
  entityRef: string;
  /** True: only checks that it belongs to the entity. */
  checkOnly?: boolean;
  timeoutSeconds: number;
  /** Between two reads. */
  intervalSeconds: number;
  signal?: AbortSignal;
  /** Called with what is waited for, in words. */
  onState: (words: string) => void;
}

/** `managed`: only with `checkOnly`. */
export type Release = 'gone' | 'free' | 'managed';

/**
 * Waits until an Application is gone, or until nothing would create it again: after
 * its manifest was removed from Git, an app of apps first has to read Git, and may
 * then prune it. The app of apps is asked to read Git at once.
 *
 * Rejects with a `ConflictError` for an Application without the mark of the entity and
 * for one of an ApplicationSet, with an `ApplicationReleaseError` on timeout, and with
 * the errors of `ArgoCdClient`.
 */
export async function waitForRelease(
  options: WaitForReleaseOptions,
): Promise<Release> {
  const { client, name, namespace, project, signal, onState } = options;
  const { instance } = client;
  const deadline = Date.now() + options.timeoutSeconds * 1000;
  let isAsked = false;
  for (;;) {
    const found = await client.getApplicationManifest(
      { instance, namespace, name },
      { project, signal },
    );
    if (found) {
      checkOwner(found, options);
    }
    const manager = found && (await managerOf(client, found, { signal }));
    if (!manager) {
      return found ? 'free' : 'gone';
    }
    if (manager.kind === 'ApplicationSet') {
      throw new ConflictError(
        `The ApplicationSet ${manager.name} generates the Application ${name}. Change its generators in Git, and run this again.`,
      );
    }
    if (options.checkOnly) {
      return 'managed';
    }
    if (!isAsked) {
      isAsked = true;
      onState(`Waiting for ${manager.name} to read Git`);
      await askToRead(options, manager);
    }
    if (Date.now() >= deadline) {
      throw new ApplicationReleaseError(
        manager.isUncertain
          ? `The Application ${name} is tracked by the Application ${manager.name}, which the configured account may not read. Grant the account "applications, get" for ${manager.name}, and run this again.`
          : `The Application ${manager.name} still manages the Application ${name} after ${options.timeoutSeconds} s. Check in Argo CD that it could read Git, and that its manifest isn't in another folder, and run this again.`,
      );
    }
    await pause(options.intervalSeconds * 1000, undefined, { signal });
  }
}

/** It reads Git in a few minutes anyway, so a refusal doesn't matter. */
async function askToRead(
  { client, signal }: WaitForReleaseOptions,
  { name, namespace }: Manager,
): Promise<void> {
  try {
    await client.getApplication(
      { instance: client.instance, name, namespace },
      { refresh: 'normal', signal },
    );
  } catch (error) {
    if (!(error instanceof ArgoCdError)) {
      throw error;
    }
  }
}

function checkOwner(
  application: JsonObject,
  options: WaitForReleaseOptions,
): void {
  const found = ownerFault(application, options);
  if (found) {
    throw new ConflictError(
      [found.fault, ...(found.remedy ? [found.remedy] : [])].join('. '),
    );
  }
}
