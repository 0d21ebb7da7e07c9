import { z } from 'zod';
import type { EcrEvent } from './imageEvents';

const count = z.number().int().min(0).max(10_000).default(0);

/**
 * What is to go wrong with events: how many of the next ones. An event has one
 * fault at the most, in this order.
 */
export const eventFaultsSchema = z.strictObject({
  /** They never arrive. */
  lose: count,
  /** They arrive twice, as "at least once" allows. */
  double: count,
  /** They are held back until all of them are there, and then come in another order. */
  shuffle: count,
  /** Only events of this repository; absent: of all. */
  repository: z.string().min(1).optional(),
});
export type EventFaultCounts = z.infer<typeof eventFaultsSchema>;

const NONE: EventFaultCounts = { lose: 0, double: 0, shuffle: 0 };

/**
 * Loses, doubles and shuffles events on request, as EventBridge does at times.
 * A restart ends it; what is held back then is lost.
 */
export class EventFaults {
  #left = NONE;
  #held: EcrEvent[] = [];

  /** @param send - takes what arrives after all */
  constructor(private readonly send: (event: EcrEvent) => void) {}

  /** What is still to come, and how many events wait to be shuffled. */
  get status(): EventFaultCounts & { held: number } {
    return { ...this.#left, held: this.#held.length };
  }

  /** Sends what is held back, and sets the faults of the next events. */
  set(counts: EventFaultCounts): void {
    this.#release();
    this.#left = counts;
  }

  /** Whether an event has a fault, which is then seen to. */
  take(event: EcrEvent): boolean {
    const { lose, double, shuffle, repository } = this.#left;
    if (repository && event.detail['repository-name'] !== repository) {
      return false;
    }
    if (lose > 0) {
      this.#left = { ...this.#left, lose: lose - 1 };
      return true;
    }
    if (double > 0) {
      this.#left = { ...this.#left, double: double - 1 };
      this.send(event);
      this.send(event);
      return true;
    }
    if (shuffle > 0) {
      this.#left = { ...this.#left, shuffle: shuffle - 1 };
      this.#held.push(event);
      if (shuffle === 1) {
        this.#release();
      }
      return true;
    }
    return false;
  }

  /** The last one first: what was to be shuffled never comes in its own order. */
  #release(): void {
    const held = this.#held.reverse();
    this.#held = [];
    held.forEach(event => this.send(event));
  }
}
