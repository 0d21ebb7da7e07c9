import type { Application } from '@landfall/backstage-plugin-delivery-common';
import {
  type ApplicationAddress,
  type ArgoCdClient,
  ArgoCdError,
  ArgoCdForbiddenError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';
import { setTimeout as pause } from 'node:timers/promises';
import { Progress, type WaitFor } from './progress';

/** Raised when an application can't get where it should, or takes too long. */
class ApplicationWaitError extends Error {
  override name = 'ApplicationWaitError';
}

export interface WaitForApplicationOptions {
  client: ArgoCdClient;
  ref: ApplicationAddress;
  project?: string;
  until: WaitFor;
  timeoutSeconds: number;
  /** Between two reads; it doubles while reads fail. */
  intervalSeconds: number;
  signal?: AbortSignal;
  /** Called with each new state, in words. */
  onState: (words: string) => void;
}

const MAX_INTERVAL_SECONDS = 30;

/**
 * Waits until an application is synced, and healthy if asked for. The first read
 * makes Argo CD compare with Git at once instead of at its next poll. An Argo CD
 * that is restarting, and an application that can't be seen yet, are waited
 * for. Operations that began before are not taken for the result.
 *
 * Throws an `ApplicationWaitError` with Argo CD's own message when a sync failed
 * for good, and with the last state when the time is over. Rejects with the
 * signal's reason when it is aborted.
 */
export async function waitForApplication(
  options: WaitForApplicationOptions,
): Promise<Application> {
  const { ref, until, signal, onState } = options;
  const progress = new Progress(until, Date.now());
  const deadline = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const ended = signal ? AbortSignal.any([signal, deadline]) : deadline;
  let words = 'Argo CD has not answered';
  let refresh: 'normal' | undefined = 'normal';
  let interval = options.intervalSeconds;
  const report = (state: string) => {
    if (state !== words) {
      onState(state);
      words = state;
    }
  };
  for (;;) {
    const { application, error } = await read(options, refresh, ended);
    if (application) {
      refresh = undefined;
      const now = progress.observe(application);
      if (now.isReached) {
        return application;
      }
      if (now.failure) {
        throw new ApplicationWaitError(`${ref.name}: ${now.failure}`);
      }
      report(now.words);
    } else if (error) {
      report(`${error.message} (trying again)`);
    } else if (!ended.aborted) {
      report(`${ref.name} is not there yet`);
    }
    interval = error
      ? Math.min(interval * 2, MAX_INTERVAL_SECONDS)
      : options.intervalSeconds;
    await pause(interval * 1000, undefined, { signal: ended }).catch(() => {});
    signal?.throwIfAborted();
    if (deadline.aborted) {
      throw new ApplicationWaitError(
        `${ref.name} was not ${until} after ${options.timeoutSeconds} s. Last state: ${words}. It may still get there: look at it in Argo CD, and run this again.`,
      );
    }
  }
}

/** Nothing: it is missing, or the signal is aborted. */
async function read(
  { client, ref, project }: WaitForApplicationOptions,
  refresh: 'normal' | undefined,
  signal: AbortSignal,
): Promise<{ application?: Application; error?: ArgoCdError }> {
  try {
    signal.throwIfAborted();
    return {
      application: await client.getApplication(ref, {
        project,
        refresh,
        signal,
      }),
    };
  } catch (error) {
    if (signal.aborted) {
      return {};
    }
    if (mayPass(error)) {
      return { error };
    }
    throw error;
  }
}

/**
 * Whether it may work later. Argo CD answers 403 for an application that the
 * account can't see yet, and a proxy 404 or 5xx while Argo CD restarts.
 */
function mayPass(error: unknown): error is ArgoCdError {
  return (
    error instanceof ArgoCdUnreachableError ||
    error instanceof ArgoCdForbiddenError ||
    (error instanceof ArgoCdError &&
      error.status !== undefined &&
      (error.status === 404 || error.status >= 500))
  );
}
