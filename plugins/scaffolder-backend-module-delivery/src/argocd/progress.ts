import type {
  Application,
  ApplicationOperation,
} from '@landfall/backstage-plugin-delivery-common';

/** What an application is to become: `synced` doesn't look at its health. */
export type WaitFor = 'synced' | 'healthy';

/** What one state of an application means to those who wait for it. */
export interface ProgressState {
  isReached: boolean;
  /** Why it will not get there by waiting. */
  failure?: string;
  words: string;
}

/**
 * Judges the states of an application that is waited for, in the order in which
 * they were read. An operation of an earlier revision may have failed before the
 * waiting began: only operations that began since then count as failures.
 */
export class Progress {
  readonly #until: WaitFor;
  readonly #begin: number;
  #first: { startedAt: string | undefined } | undefined;

  /** `begin` is in milliseconds since the epoch. */
  constructor(until: WaitFor, begin: number) {
    this.#until = until;
    // Argo CD's times are in whole seconds.
    this.#begin = Math.floor(begin / 1000) * 1000;
  }

  observe(application: Application): ProgressState {
    const { sync, health, operation } = application;
    this.#first ??= { startedAt: operation?.startedAt };
    const isRunning =
      operation?.phase === 'Running' || operation?.phase === 'Terminating';
    const isSynced = sync.status === 'Synced' && !isRunning;
    const failure = this.#failureOf(application);
    return {
      isReached:
        !failure &&
        isSynced &&
        (this.#until === 'synced' || health.status === 'Healthy'),
      failure,
      words: describe(application),
    };
  }

  /** A sync that has used up its retries doesn't get better by waiting. */
  #failureOf({ operation, conditions }: Application): string | undefined {
    if (
      operation &&
      hasFailed(operation) &&
      !operation.dryRun &&
      this.#isNew(operation)
    ) {
      return `the sync failed: ${operation.message ?? operation.phase}`;
    }
    const invalid = conditions.find(({ type }) => type === 'InvalidSpecError');
    return invalid && `Argo CD refuses it: ${invalid.message}`;
  }

  /** By Argo CD's clock, or since it differs from the first one that was read. */
  #isNew({ startedAt }: ApplicationOperation): boolean {
    return (
      Date.parse(startedAt) >= this.#begin ||
      startedAt !== this.#first?.startedAt
    );
  }
}

function hasFailed({ phase }: ApplicationOperation): boolean {
  return phase === 'Failed' || phase === 'Error';
}

function describe({ sync, health, operation, conditions }: Application) {
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  const message = operation && hasFailed(operation) && operation.message;
  return [
    sync.status,
    health.status,
    operation && `sync ${operation.phase}${message ? ` (${message})` : ''}`,
    error && `${error.type}: ${error.message}`,
  ]
    .filter(Boolean)
    .join(', ');
}
