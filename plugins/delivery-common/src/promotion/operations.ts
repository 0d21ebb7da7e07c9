import type { Application, ApplicationOperation } from '../model/application';

/**
 * Whether an operation is in progress.
 *
 * @internal
 */
export function isRunning(
  operation: ApplicationOperation | undefined,
): boolean {
  return operation?.phase === 'Running' || operation?.phase === 'Terminating';
}

/**
 * Whether an operation ended without success.
 *
 * @internal
 */
export function isFailed(operation: ApplicationOperation): boolean {
  return operation.phase === 'Failed' || operation.phase === 'Error';
}

/**
 * Whether Argo CD has compared and assessed the application since its latest
 * operation ended. Until then, status and health are those from before the
 * operation.
 *
 * @internal
 */
export function isAssessedSinceOperation(application: Application): boolean {
  const { operation, reconciledAt } = application;
  if (!operation) {
    return true;
  }
  return (
    !isRunning(operation) &&
    reconciledAt !== undefined &&
    operation.finishedAt !== undefined &&
    Date.parse(reconciledAt) > Date.parse(operation.finishedAt)
  );
}
