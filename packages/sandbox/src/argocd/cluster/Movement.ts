import { trackedBy } from '../manifest';
import type { Store } from '../store/Store';
import { advanceJob } from './job';
import type { Registries } from './Registries';
import { RolloutFailures } from './RolloutFailures';
import type { LiveObject } from './types';
import { advanceWorkload, deadlineOf, type Conditions } from './workload';

export interface ClusterTimes {
  rolloutMs: number;
  /** How long an old pod takes to terminate once the new one is ready. */
  terminationMs: number;
  deadlineMs: number;
}

/** The dependencies, timings and callbacks of a movement. */
export interface MovementOptions {
  store: Store;
  registries: Registries;
  times: ClusterTimes;
  now: () => number;
  onMoved: (live: LiveObject) => void;
  /** Called when an object's termination time is over. */
  onGone: (id: string, live: LiveObject) => void;
}

/**
 * Advances workloads and jobs over time: their pods start, become ready, fail
 * and terminate.
 */
export class Movement {
  readonly #options: MovementOptions;
  readonly #failures: RolloutFailures;
  readonly #moving = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(options: MovementOptions) {
    this.#options = options;
    this.#failures = new RolloutFailures(options.store);
  }

  /** Checks an object now, because something changed. */
  move(id: string): void {
    this.add(id);
    this.#schedule(this.#options.now());
  }

  /** Includes an object in the checks from the start on. */
  add(id: string): void {
    this.#moving.add(id);
  }

  forget(id: string): void {
    this.#moving.delete(id);
  }

  start(): void {
    this.#stopped = false;
    this.#schedule(this.#options.now());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(time: number): void {
    if (this.#stopped) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#tick(),
      Math.max(0, time - this.#options.now()),
    );
  }

  /**
   * Advances all moving objects, and schedules the next check for the earliest
   * known time.
   */
  #tick(): void {
    const now = this.#options.now();
    let wakeAt = Infinity;
    for (const id of [...this.#moving]) {
      const live = this.#options.store.objects.get(id);
      if (live) {
        wakeAt = Math.min(wakeAt, this.#advance(id, live, now));
      } else {
        this.#moving.delete(id);
      }
    }
    if (wakeAt < Infinity) {
      this.#schedule(wakeAt);
    }
  }

  #advance(id: string, live: LiveObject, now: number): number {
    if (live.deletedAt !== undefined) {
      if (live.deletedAt <= now) {
        this.#options.onGone(id, live);
        return Infinity;
      }
      return live.deletedAt;
    }
    let missing = false;
    const answered = () => this.#schedule(this.#options.now());
    const instance = trackedBy(live.manifest) ?? '';
    const conditions: Conditions = {
      ...this.#options.times,
      deadlineMs:
        (deadlineOf(live.manifest) ?? this.#options.times.deadlineMs / 1000) *
        1000,
      pull: image => {
        const pull = this.#options.registries.pull(image, now, answered);
        missing ||= pull.state === 'missing';
        return pull;
      },
      failing: (hash, images) =>
        this.#failures.fails(instance, id, { hash, images }, now),
    };
    let next = live;
    let wakeAt: number | undefined;
    if (live.workload) {
      const result = advanceWorkload(live.workload, now, conditions);
      next =
        result.next === live.workload
          ? live
          : { ...live, workload: result.next };
      wakeAt = result.wakeAt;
    } else if (live.job) {
      const result = advanceJob(
        live.job,
        now,
        conditions,
        this.#failures.failsHook(live, instance),
      );
      next = result.next === live.job ? live : { ...live, job: result.next };
      wakeAt = result.wakeAt;
    }
    if (next !== live) {
      next = { ...next, resourceVersion: this.#options.store.versions.next() };
      this.#options.store.objects.put(id, next);
      this.#options.onMoved(next);
    }
    const until = this.#failures.until(instance);
    const times = [
      wakeAt,
      missing ? now + this.#options.registries.recheckMs : undefined,
      until !== undefined && until > now ? until : undefined,
    ].filter((time): time is number => time !== undefined);
    if (!times.length && !this.#waiting(next)) {
      this.#moving.delete(id);
    }
    return Math.min(Infinity, ...times);
  }

  /**
   * Whether pods are still starting. If they wait for a registry, its response
   * triggers the next check.
   */
  #waiting({ workload, job }: LiveObject): boolean {
    const pods = [
      ...(workload?.sets.flatMap(set => set.pods) ?? []),
      ...(job && job.finishedAt === undefined ? [job.pod] : []),
    ];
    return pods.some(
      pod => pod.readyAt === undefined && pod.gone === undefined,
    );
  }
}
