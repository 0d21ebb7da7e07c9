import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SentEvent } from './FleetClient';

/** Between two looks at the database. It adds to what is measured. */
const LOOK_EVERY_MS = 2;
const NAMES_AT_ONCE = 500;

/**
 * Tells how long it takes until what Argo CD sent stands in the database, by
 * looking there again and again, from another process than the one that writes.
 * A row that has a later version by then counts for the earlier one as well.
 */
export class CommitClock {
  /** Milliseconds from the sending of each event to the sight of its row. */
  readonly delays: number[] = [];
  private readonly waiting = new Map<string, SentEvent[]>();
  private readonly done: Promise<void>;
  private ended = false;

  constructor(private readonly knex: Knex) {
    this.done = this.look();
  }

  /** How many of the events that were sent don't stand in the database yet. */
  get pending(): number {
    let count = 0;
    this.waiting.forEach(events => {
      count += events.length;
    });
    return count;
  }

  sent(event: SentEvent): void {
    const events = this.waiting.get(event.name);
    if (events) {
      events.push(event);
    } else {
      this.waiting.set(event.name, [event]);
    }
  }

  /** Resolves when all that was sent stands there, or the time is over. */
  async settle(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (this.waiting.size > 0 && Date.now() < deadline) {
      await sleep(LOOK_EVERY_MS);
    }
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.done;
  }

  private async look(): Promise<void> {
    while (!this.ended) {
      const names = [...this.waiting.keys()].slice(0, NAMES_AT_ONCE);
      if (names.length > 0) {
        const rows: { name: string; resource_version: string }[] =
          await this.knex('applications')
            .whereIn('name', names)
            .select('name', 'resource_version');
        const now = Date.now();
        for (const row of rows) {
          this.arrived(row.name, Number(row.resource_version), now);
        }
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  private arrived(name: string, version: number, now: number): void {
    const later: SentEvent[] = [];
    for (const event of this.waiting.get(name) ?? []) {
      if (Number(event.resourceVersion) <= version) {
        this.delays.push(now - event.at);
      } else {
        later.push(event);
      }
    }
    if (later.length > 0) {
      this.waiting.set(name, later);
    } else {
      this.waiting.delete(name);
    }
  }
}
