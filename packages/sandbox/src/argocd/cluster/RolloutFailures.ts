import { asObject } from '../json';
import type { Store } from '../store/Store';
import type { LiveObject } from './types';

/** A Job that carries this annotation as `"true"` fails. */
const FAIL_ANNOTATION = 'sandbox.landfall.dev/fail';

/** The failures that somebody has asked for, and whether they concern a pod that is starting. */
export class RolloutFailures {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** When a failure ends by itself. */
  until(instance: string): number | undefined {
    return this.#store.failures.get(instance)?.until;
  }

  /** A wished failure catches the first rollout that it meets; the next version of that workload uses it up. */
  fails(
    instance: string,
    id: string,
    { hash, images }: { hash: string; images: string[] },
    now: number,
  ): boolean {
    const failure = this.#store.failures.get(instance);
    if (!failure || failure.hooks) {
      return false;
    }
    if (failure.until !== undefined && now >= failure.until) {
      this.#store.failures.delete(instance);
      return false;
    }
    const { image, caught } = failure;
    if (image !== undefined) {
      return images.some(name => name.includes(image));
    }
    if (caught === undefined) {
      this.#store.failures.put(instance, {
        ...failure,
        caught: `${id}@${hash}`,
      });
      return true;
    }
    const [caughtId, caughtHash] = caught.split('@');
    if (caughtId === id && caughtHash !== hash) {
      this.#store.failures.delete(instance);
    }
    return caughtId === id && caughtHash === hash;
  }

  /** Whether a Job fails: by its annotation, or because hooks were asked to. */
  failsHook(live: LiveObject, instance: string): boolean {
    const annotations = asObject(live.manifest.metadata.annotations);
    return (
      annotations[FAIL_ANNOTATION] === 'true' ||
      this.#store.failures.get(instance)?.hooks === true
    );
  }
}
