import { asNumber, at } from '../json';
import { keyOf, trackedBy } from '../manifest';
import type { Store } from '../store/Store';
import type { Registries } from './Registries';
import { advanceRollout } from './rollout';
import type { LiveObject } from './types';
import { advanceJob, type Conditions, isStarting } from './workload';

/** A Job with this annotation set to `"true"` fails. */
const FAIL_ANNOTATION = 'sandbox.landfall.dev/fail';

/** Requested failures, and whether they affect a pod that is starting. */
export class RolloutFailures {
  constructor(private readonly store: Store) {}

  /**
   * A failure applies to the first pod template it is checked for, and ends with
   * the next template of that workload.
   */
  fails(instance: string, id: string, hash: string): boolean {
    const failure = this.store.failures.get(instance);
    if (!failure || failure.hooks) {
      return false;
    }
    const own = `${id}@${hash}`;
    const { caught = own } = failure;
    if (failure.caught === undefined) {
      this.store.failures.put(instance, { caught });
    } else if (caught !== own && caught.startsWith(`${id}@`)) {
      this.store.failures.delete(instance);
    }
    return caught === own;
  }

  /**
   * Whether a Job fails: by its annotation, or because failing hooks were
   * requested.
   */
  failsHook({ manifest }: LiveObject, instance: string): boolean {
    return (
      manifest.metadata.annotations?.[FAIL_ANNOTATION] === 'true' ||
      this.store.failures.get(instance)?.hooks === true
    );
  }
}

export type ClusterTimes = Pick<
  Conditions,
  'rolloutMs' | 'terminationMs' | 'deadlineMs'
>;

/** The dependencies, timings and callbacks of a movement. */
interface MovementOptions {
  store: Store;
  registries: Registries;
  times: ClusterTimes;
  onMoved: (live: LiveObject) => void;
  /** Called when an object's termination time is over. */
  onGone: (id: string, live: LiveObject) => void;
}

/**
 * Advances workloads and jobs over time: their pods start, become ready, fail
 * and terminate.
 */
export class Movement {
  readonly #failures: RolloutFailures;
  readonly #moving = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(private readonly options: MovementOptions) {
    this.#failures = new RolloutFailures(options.store);
  }

  /** Checks an object now, because something changed. */
  move(id: string): void {
    this.#moving.add(id);
    this.#schedule(0);
  }

  start(): void {
    this.#stopped = false;
    this.#schedule(0);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(waitMs: number): void {
    if (!this.#stopped) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#tick(), Math.max(0, waitMs));
    }
  }

  /**
   * Advances all moving objects, and schedules the next check for the earliest
   * known time.
   */
  #tick(): void {
    const now = Date.now();
    let wakeAt = Infinity;
    for (const id of [...this.#moving]) {
      const live = this.options.store.objects.get(id);
      if (live) {
        wakeAt = Math.min(wakeAt, this.#advance(id, live, now));
      } else {
        this.#moving.delete(id);
      }
    }
    if (wakeAt < Infinity) {
      this.#schedule(wakeAt - now);
    }
  }

  #advance(id: string, live: LiveObject, now: number): number {
    const { store, registries, times, onMoved, onGone } = this.options;
    if (live.deletedAt !== undefined) {
      if (live.deletedAt > now) {
        return live.deletedAt;
      }
      onGone(id, live);
      return Infinity;
    }
    const { manifest, workload, job } = live;
    const instance =
      trackedBy(keyOf(manifest), manifest.metadata.annotations) ?? '';
    const deadline = asNumber(at(manifest, 'spec', 'progressDeadlineSeconds'));
    const wake: number[] = [];
    const conditions: Conditions = {
      ...times,
      deadlineMs: deadline === undefined ? times.deadlineMs : deadline * 1000,
      pull: image => {
        const pull = registries.pull(image, now, () => this.#schedule(0));
        if (pull.state === 'missing') {
          wake.push(now + registries.recheckMs);
        }
        return pull;
      },
      failing: hash => this.#failures.fails(instance, id, hash),
    };
    const fails = this.#failures.failsHook(live, instance);
    const moved =
      workload && advanceRollout(workload, manifest, now, conditions);
    const worked = job && advanceJob(job, now, conditions, fails);
    let next = live;
    if (moved?.next !== workload || worked?.next !== job) {
      const resourceVersion = store.nextVersion();
      next = {
        ...live,
        workload: moved?.next,
        job: worked?.next,
        resourceVersion,
      };
      store.objects.put(id, next);
      onMoved(next);
    }
    wake.push(moved?.wakeAt ?? Infinity, worked?.wakeAt ?? Infinity);
    // Pods that wait for a registry are checked when it has answered.
    const wakeAt = Math.min(...wake);
    if (wakeAt === Infinity && !isStarting(next.workload, next.job)) {
      this.#moving.delete(id);
    }
    return wakeAt;
  }
}
