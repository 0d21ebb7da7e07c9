import { asObject } from '../json';
import type { Store } from '../store/Store';
import type { LiveObject } from './types';

/** A Job with this annotation set to `"true"` fails. */
const FAIL_ANNOTATION = 'sandbox.landfall.dev/fail';

/** Requested failures, and whether they affect a pod that is starting. */
export class RolloutFailures {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** When a failure expires. */
  until(instance: string): number | undefined {
    return this.#store.failures.get(instance)?.until;
  }

  /**
   * A failure without an image applies to the first pod template it is checked
   * for, and ends with the next template of that workload.
   */
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

  /**
   * Whether a Job fails: by its annotation, or because failing hooks were
   * requested.
   */
  failsHook(live: LiveObject, instance: string): boolean {
    const annotations = asObject(live.manifest.metadata.annotations);
    return (
      annotations[FAIL_ANNOTATION] === 'true' ||
      this.#store.failures.get(instance)?.hooks === true
    );
  }
}
