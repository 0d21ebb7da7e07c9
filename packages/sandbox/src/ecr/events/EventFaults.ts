import { z } from 'zod';
import type { EcrEvent } from './imageEvents';

const count = z.number().int().min(0).max(10_000).default(0);

/**
 * How many of the next events get which fault. An event gets at most one fault,
 * in this order.
 */
export const eventFaultsSchema = z.strictObject({
  /** Never delivered. */
  lose: count,
  /** Delivered twice, as "at least once" allows. */
  double: count,
  /** Held back until all of them are there, then delivered in another order. */
  shuffle: count,
  /** Only events of this repository. If absent, events of all. */
  repository: z.string().min(1).optional(),
});
export type EventFaultCounts = z.infer<typeof eventFaultsSchema>;

/**
 * Loses, doubles and shuffles events on request, as EventBridge occasionally
 * does. A restart ends this, and events held back at that time are lost.
 */
export class EventFaults {
  #left: EventFaultCounts = { lose: 0, double: 0, shuffle: 0 };
  #held: EcrEvent[] = [];

  /** @param send - called for every event that is delivered after all */
  constructor(private readonly send: (event: EcrEvent) => void) {}

  /** The remaining faults, and how many events are held back for shuffling. */
  get status(): EventFaultCounts & { held: number } {
    return { ...this.#left, held: this.#held.length };
  }

  /** Sends the events held back, and sets the faults of the next events. */
  set(counts: EventFaultCounts): void {
    this.#release();
    this.#left = { ...counts };
  }

  /**
   * Applies a pending fault to an event.
   *
   * @returns whether there was one; the caller must not send the event then
   */
  take(event: EcrEvent): boolean {
    const left = this.#left;
    const fault = (['lose', 'double', 'shuffle'] as const).find(
      name => left[name] > 0,
    );
    const name = event.detail['repository-name'];
    if (!fault || (left.repository ?? name) !== name) {
      return false;
    }
    left[fault] -= 1;
    if (fault === 'double') {
      this.send(event);
      this.send(event);
    } else if (fault === 'shuffle') {
      this.#held.push(event);
      if (left.shuffle === 0) {
        this.#release();
      }
    }
    return true;
  }

  /**
   * In reverse, so that shuffled events never arrive in their original order.
   */
  #release(): void {
    const held = this.#held.reverse();
    this.#held = [];
    held.forEach(event => this.send(event));
  }
}
