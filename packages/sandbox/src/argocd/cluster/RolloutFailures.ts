import type { RolloutFailure, Store } from '../store/Store';
import type { LiveObject } from './types';

/** A Job with this annotation set to `"true"` fails. */
const FAIL_ANNOTATION = 'sandbox.landfall.dev/fail';

/** Requested failures, and whether they affect a pod that is starting. */
export class RolloutFailures {
  constructor(private readonly store: Store) {}

  /** The failure of an application; removes one that has expired. */
  get(instance: string, now: number): RolloutFailure | undefined {
    const failure = this.store.failures.get(instance);
    if (failure?.until !== undefined && now >= failure.until) {
      this.store.failures.delete(instance);
      return undefined;
    }
    return failure;
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
    const failure = this.get(instance, now);
    if (!failure || failure.hooks) {
      return false;
    }
    const { image, caught } = failure;
    if (image !== undefined) {
      return images.some(name => name.includes(image));
    }
    const own = `${id}@${hash}`;
    if (caught === undefined) {
      this.store.failures.put(instance, { ...failure, caught: own });
      return true;
    }
    if (caught !== own && caught.startsWith(`${id}@`)) {
      this.store.failures.delete(instance);
    }
    return caught === own;
  }

  /**
   * Whether a Job fails: by its annotation, or because failing hooks were
   * requested.
   */
  failsHook({ manifest }: LiveObject, instance: string, now: number): boolean {
    return (
      manifest.metadata.annotations?.[FAIL_ANNOTATION] === 'true' ||
      this.get(instance, now)?.hooks === true
    );
  }
}
