import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SentEvent } from './FleetClient';

/** The polling interval of the database. It adds to the measured delays. */
const LOOK_EVERY_MS = 2;
const NAMES_AT_ONCE = 500;

/**
 * Measures how long it takes until the events that Argo CD sent are in the
 * database. It polls the database from another process than the one that
 * writes. If a row already has a later version, it counts for the earlier event
 * as well.
 */
export class CommitClock {
  /** Milliseconds from the sending of each event until its row was seen. */
  readonly delays: number[] = [];
  private readonly waiting = new Map<string, SentEvent[]>();
  private readonly done: Promise<void>;
  private ended = false;

  constructor(private readonly knex: Knex) {
    this.done = this.look();
  }

  /** How many of the sent events are not in the database yet. */
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

  /** Resolves when the database has all sent events, or after the timeout. */
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
