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

  /**
   * @param instances - every one of these Argo CDs sends the events
   */
  constructor(
    private readonly knex: Knex,
    private readonly instances: readonly string[] = ['main'],
  ) {
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
    for (const instance of this.instances) {
      const key = keyOf(instance, event.name);
      const events = this.waiting.get(key);
      if (events) {
        events.push(event);
      } else {
        this.waiting.set(key, [event]);
      }
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
      const names = new Set<string>();
      for (const [{ name }] of this.waiting.values()) {
        if (names.add(name).size === NAMES_AT_ONCE) {
          break;
        }
      }
      if (names.size > 0) {
        const rows: {
          instance: string;
          name: string;
          resource_version: string;
        }[] = await this.knex('applications')
          .whereIn('name', [...names])
          .select('instance', 'name', 'resource_version');
        const now = Date.now();
        for (const row of rows) {
          const key = keyOf(row.instance, row.name);
          this.arrived(key, Number(row.resource_version), now);
        }
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  private arrived(key: string, version: number, now: number): void {
    const later: SentEvent[] = [];
    for (const event of this.waiting.get(key) ?? []) {
      if (Number(event.resourceVersion) <= version) {
        this.delays.push(now - event.at);
      } else {
        later.push(event);
      }
    }
    if (later.length > 0) {
      this.waiting.set(key, later);
    } else {
      this.waiting.delete(key);
    }
  }
}

function keyOf(instance: string, name: string): string {
  return `${instance}/${name}`;
}
