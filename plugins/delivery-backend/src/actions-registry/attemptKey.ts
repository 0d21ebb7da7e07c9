import { requestHashOf } from '../service/actions/actionKey';

/**
 * The idempotency key of an action that a program asked for. Programs repeat calls
 * whose answer they lost, so the same call has the same key: it is done once. A call
 * is another one after the application has changed, or with another `attempt`.
 *
 * @internal
 * @param call - everything that the caller passed
 */
export function attemptKey(name: string, call: unknown): string {
  return requestHashOf([name, call]);
}
