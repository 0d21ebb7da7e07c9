import type {
  Application,
  ApplicationOperation,
} from '@landfall/backstage-plugin-delivery-common';

/** The state to wait for: `synced` ignores the health. */
export type WaitFor = 'synced' | 'healthy';

/** What one state of an application means for a wait. */
export interface ProgressState {
  isReached: boolean;
  /** Why waiting longer won't help. */
  failure?: string;
  words: string;
}

/**
 * Judges the states of an application during a wait, in the order in which they
 * were read. An operation for an earlier revision may have failed before the wait
 * began, so only operations that began since then count as failures.
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

  /** Waiting doesn't help a sync that has used up its retries. */
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
    return invalid && `Argo CD refuses the spec: ${invalid.message}`;
  }

  /** By Argo CD's clock, or because it differs from the first operation read. */
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
