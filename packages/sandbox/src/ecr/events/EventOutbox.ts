import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PartLogger } from '../../part';
import { jsonFilesOf, readJsonFile, writeFileAtomically } from '../store/files';
import { EventFaults } from './EventFaults';
import { type EcrEvent, eventSchema } from './imageEvents';

/** EventBridge's limits for an API destination: 185 tries, 5 seconds each. */
const MAX_ATTEMPTS = 185;
const TIMEOUT_MS = 5_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;

const entrySchema = z.object({ event: eventSchema, attempts: z.number() });

interface Entry {
  path: string;
  event: EcrEvent;
  attempts: number;
  dueAt: number;
}

/**
 * Sends events as an EventBridge API destination does: POST of the event's
 * JSON, at least once, tried again with growing delays on 401, 407, 409, 429,
 * 5xx and broken connections. Each event is a file until it is delivered or
 * given up, so that a restart loses none; senders never wait for it.
 */
export class EventOutbox {
  #entries = new Set<Entry>();
  #sequence = 0;
  #timer?: NodeJS.Timeout;
  #sending?: Promise<void>;
  #abort = new AbortController();
  #started = false;
  /** What goes wrong on request. */
  readonly faults = new EventFaults(event => void this.#enqueue(event));

  constructor(
    private readonly options: {
      folder: string;
      destination?: { url: string; headers: Record<string, string> };
      logger: PartLogger;
      /** Delay before the second try, in milliseconds; doubles up to a minute. */
      firstDelayMs?: number;
    },
  ) {}

  /** Takes up what a former process left, and starts to send. */
  start(): void {
    this.#abort = new AbortController();
    this.#entries = new Set(
      jsonFilesOf(this.options.folder).map(path => ({
        path,
        ...readJsonFile(path, entrySchema),
        dueAt: 0,
      })),
    );
    this.#started = true;
    this.#pump();
  }

  /** Stops sending; what isn't delivered stays for the next start. */
  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#timer);
    this.#abort.abort();
    await this.#sending;
  }

  /**
   * Keeps an event and sends it as soon as possible. With no destination
   * nothing happens, as in an account without a rule.
   *
   * @returns takes the event back, for a change that failed after all
   */
  add(event: EcrEvent): () => void {
    if (!this.options.destination || this.faults.take(event)) {
      return () => {};
    }
    return this.#enqueue(event);
  }

  #enqueue(event: EcrEvent): () => void {
    const order = `${Date.now()}-${String(++this.#sequence).padStart(8, '0')}`;
    const entry: Entry = {
      path: join(this.options.folder, `${order}-${event.id}.json`),
      event,
      attempts: 0,
      dueAt: 0,
    };
    this.#save(entry);
    this.#entries.add(entry);
    // Later, not now: the change that it tells of is being written.
    setImmediate(() => this.#pump());
    return () => this.#remove(entry);
  }

  #pump(): void {
    if (!this.#started || this.#sending) {
      return;
    }
    this.#sending = this.#sendDue().finally(() => {
      this.#sending = undefined;
      this.#schedule();
    });
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.#started || this.#entries.size === 0) {
      return;
    }
    let next = Infinity;
    for (const { dueAt } of this.#entries) {
      next = Math.min(next, dueAt);
    }
    this.#timer = setTimeout(
      () => this.#pump(),
      Math.max(0, next - Date.now()),
    );
    this.#timer.unref();
  }

  async #sendDue(): Promise<void> {
    const { destination } = this.options;
    if (!destination) {
      return;
    }
    const due = [...this.#entries].filter(entry => entry.dueAt <= Date.now());
    for (const entry of due) {
      if (!this.#started) {
        return;
      }
      const outcome = await this.#post(entry.event, destination);
      if (this.#abort.signal.aborted && outcome !== 'delivered') {
        return;
      }
      this.#settle(entry, outcome);
    }
  }

  #settle(entry: Entry, outcome: Outcome): void {
    if (outcome === 'delivered') {
      this.#remove(entry);
      return;
    }
    const attempts = entry.attempts + 1;
    const what = `event ${entry.event.id} (${entry.event['detail-type']})`;
    if (!outcome.retry || attempts >= MAX_ATTEMPTS) {
      this.options.logger.warn(
        `gave up ${what} after ${attempts} tries: ${outcome.reason}`,
      );
      this.#remove(entry);
      return;
    }
    if (attempts === 1) {
      this.options.logger.warn(`will retry ${what}: ${outcome.reason}`);
    }
    const first = this.options.firstDelayMs ?? FIRST_DELAY_MS;
    entry.attempts = attempts;
    entry.dueAt =
      Date.now() + Math.min(MAX_DELAY_MS, first * 2 ** (attempts - 1));
    this.#save(entry);
  }

  async #post(
    event: EcrEvent,
    destination: { url: string; headers: Record<string, string> },
  ): Promise<Outcome> {
    try {
      const response = await fetch(destination.url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'User-Agent': 'Amazon/EventBridge/ApiDestinations',
          Range: 'bytes=0-1048575',
          ...destination.headers,
        },
        body: JSON.stringify(event),
        redirect: 'manual',
        signal: AbortSignal.any([
          this.#abort.signal,
          AbortSignal.timeout(TIMEOUT_MS),
        ]),
      });
      await response.body?.cancel();
      if (response.ok) {
        return 'delivered';
      }
      const { status } = response;
      return {
        retry: [401, 407, 409, 429].includes(status) || status >= 500,
        reason: `${destination.url} answered ${status}`,
      };
    } catch (error) {
      return {
        retry: true,
        reason: `${destination.url} can't be reached (${reasonOf(error)})`,
      };
    }
  }

  #save(entry: Entry): void {
    const { event, attempts } = entry;
    writeFileAtomically(entry.path, JSON.stringify({ event, attempts }));
  }

  #remove(entry: Entry): void {
    rmSync(entry.path, { force: true });
    this.#entries.delete(entry);
  }
}

type Outcome = 'delivered' | { retry: boolean; reason: string };

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause instanceof Error ? error.cause.message : error.message;
}
