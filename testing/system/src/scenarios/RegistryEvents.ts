import { waitUntil } from '@landfall/testing-kit';
import { z } from 'zod';

const ARRIVED_MS = 30_000;

/** How many of the next events each fault affects. */
export interface EventFaults {
  /** Lost: they never arrive. */
  lose?: number;
  /** Duplicated: they arrive twice. */
  double?: number;
  /**
   * Shuffled: they are held back until all of them exist, and then arrive in
   * another order.
   */
  shuffle?: number;
}

/** The faults of a repository's next events, and the events held back. */
interface Pending extends Required<EventFaults> {
  held: string[];
}

const eventSchema = z.object({
  detail: z.object({ 'repository-name': z.string() }),
});

/**
 * Applies faults to the registry's events of single repositories. An event gets
 * at most one fault: the first ones are lost, the next doubled, the rest
 * shuffled.
 */
export class RegistryEvents {
  private readonly pending = new Map<string, Pending>();

  disturb(repository: string, faults: EventFaults): void {
    const { lose = 0, double = 0, shuffle = 0 } = faults;
    this.pending.set(repository, { lose, double, shuffle, held: [] });
  }

  /** The events to deliver in place of one, in their order. */
  disturbed(event: string): string[] {
    const { detail } = eventSchema.parse(JSON.parse(event));
    const pending = this.pending.get(detail['repository-name']);
    const fault = (['lose', 'double', 'shuffle'] as const).find(
      name => (pending?.[name] ?? 0) > 0,
    );
    if (!pending || !fault) {
      return [event];
    }
    pending[fault] -= 1;
    if (fault === 'lose') {
      return [];
    }
    if (fault === 'double') {
      return [event, event];
    }
    pending.held.push(event);
    // In reverse, so that they never arrive in their original order.
    return pending.shuffle === 0 ? pending.held.reverse() : [];
  }

  /** Waits until no fault of a repository waits for an event. */
  async untilAllDisturbed(repository: string): Promise<void> {
    const pending = this.pending.get(repository);
    await waitUntil(
      `all events of ${repository} that are to be disturbed have come`,
      async () =>
        !pending || pending.lose + pending.double + pending.shuffle === 0,
      { timeoutMs: ARRIVED_MS, detail: () => JSON.stringify(pending) },
    );
  }
}
