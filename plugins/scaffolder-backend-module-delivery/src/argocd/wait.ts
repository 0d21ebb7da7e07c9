import type { Application } from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationAddress,
  ArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import { setTimeout as pause } from 'node:timers/promises';

/** What an application is to become: `synced` says nothing of its health. */
export type WaitFor = 'synced' | 'healthy';

/** Raised when an application can't get where it should, or takes too long. */
export class ApplicationWaitError extends Error {
  override name = 'ApplicationWaitError';
}

/**
 * Waits until an application is synced, and healthy if asked for. The first read
 * makes Argo CD compare with Git at once instead of at its next poll.
 *
 * Throws an `ApplicationWaitError` with Argo CD's own message when the sync failed
 * for good, and with the state when the time is over.
 */
export async function waitForApplication(options: {
  client: ArgoCdClient;
  ref: ApplicationAddress;
  project?: string;
  until: WaitFor;
  timeoutSeconds: number;
  intervalSeconds: number;
  signal?: AbortSignal;
  onState: (words: string) => void;
}): Promise<Application> {
  const { client, ref, project, until, signal } = options;
  const deadline = Date.now() + options.timeoutSeconds * 1000;
  let refresh: 'normal' | undefined = 'normal';
  let said = '';
  for (;;) {
    signal?.throwIfAborted();
    const application: Application | undefined = await client.getApplication(
      ref,
      { project, refresh, signal },
    );
    refresh = undefined;
    const words = application
      ? describe(application)
      : `${ref.name} is not there yet`;
    if (words !== said) {
      options.onState(words);
      said = words;
    }
    if (application && reached(application, until)) {
      return application;
    }
    const failure = application && failureOf(application);
    if (failure) {
      throw new ApplicationWaitError(`${ref.name}: ${failure}`);
    }
    if (Date.now() >= deadline) {
      throw new ApplicationWaitError(
        `${ref.name} was not ${until} after ${options.timeoutSeconds} s: ${words}. It may still get there: look at it in Argo CD, and run this again.`,
      );
    }
    await pause(options.intervalSeconds * 1000, undefined, { signal });
  }
}

function reached(application: Application, until: WaitFor): boolean {
  const synced =
    application.sync.status === 'Synced' &&
    (!application.operation || application.operation.phase === 'Succeeded');
  return (
    synced && (until === 'synced' || application.health.status === 'Healthy')
  );
}

/** A sync that has used up its retries doesn't get better by waiting. */
function failureOf({ operation, conditions }: Application): string | undefined {
  if (operation?.phase === 'Failed' || operation?.phase === 'Error') {
    return `the sync failed: ${operation.message ?? operation.phase}`;
  }
  const invalid = conditions.find(({ type }) => type === 'InvalidSpecError');
  return invalid && `Argo CD refuses it: ${invalid.message}`;
}

function describe({ sync, health, operation, conditions }: Application) {
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  return [
    sync.status,
    health.status,
    operation && `sync ${operation.phase}`,
    error && `${error.type}: ${error.message}`,
  ]
    .filter(Boolean)
    .join(', ');
}
