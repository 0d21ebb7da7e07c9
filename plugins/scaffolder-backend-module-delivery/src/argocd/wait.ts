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

/** Thrown if an application can't reach the requested state, or takes too long. */
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
 * Waits until an application is synced, and healthy if requested. The first read
 * makes Argo CD compare with Git at once instead of at its next poll. The wait
 * goes on while Argo CD restarts and while the application isn't visible yet.
 * Operations that began earlier don't count as the result.
 *
 * Throws an `ApplicationWaitError`: with Argo CD's own message if a sync failed
 * for good, and with the last state on timeout. Rejects with the signal's reason
 * if it is aborted.
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
      report(`${ref.name} doesn't exist yet`);
    }
    interval = error
      ? Math.min(interval * 2, MAX_INTERVAL_SECONDS)
      : options.intervalSeconds;
    await pause(interval * 1000, undefined, { signal: ended }).catch(() => {});
    signal?.throwIfAborted();
    if (deadline.aborted) {
      throw new ApplicationWaitError(
        `${ref.name} was not ${until} after ${options.timeoutSeconds} s. Last state: ${words}. It may still get there. Check it in Argo CD, and run this again.`,
      );
    }
  }
}

/** Returns neither if the application is missing or the signal is aborted. */
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
 * Whether a later attempt may succeed. Argo CD answers 403 for an application that
 * the account can't see yet. While Argo CD restarts, a proxy answers 404 or 5xx.
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
