import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Random } from './Random';
import { SSE_HEARTBEAT, SseReader, sseEvent } from './sse';

/**
 * Faults of event streams:
 *
 * - `cut`: the connection sometimes breaks in the middle of an event;
 * - `silence`: nothing more arrives, not even heartbeats, but the connection
 *   stays open;
 * - `disorder`: events are duplicated, and overtake those of other
 *   applications;
 * - `drop`: some events are omitted.
 */
type StreamFault = 'cut' | 'silence' | 'disorder' | 'drop';

/** The relay's settings, read again for each event. */
export interface StreamSettings {
  fault?: StreamFault;
  /** Every event is delayed by a random time in this range, in milliseconds. */
  delayMs?: [number, number];
}

/** More frequent than Argo CD's, like proxies with short idle timeouts. */
const HEARTBEAT_MS = 500;
const CUT_CHANCE = 0.15;
const DUPLICATE_CHANCE = 0.4;
const DROP_CHANCE = 0.6;
const OVERTAKE_MS = 400;

/** The queue of events that all keep their order. */
const ALL = '';

const eventSchema = z.object({
  result: z.object({
    application: z.object({
      metadata: z.object({
        namespace: z.string().optional(),
        name: z.string(),
      }),
    }),
  }),
});

/** The application of an event; empty if the event isn't about one. */
function applicationOf(data: string): string {
  const parsed = eventSchema.safeParse(parseJson(data));
  if (!parsed.success) {
    return '';
  }
  const { namespace, name } = parsed.data.result.application.metadata;
  return `${namespace ?? ''}/${name}`;
}

/** Forwards one of Argo CD's event streams, with faults. */
export class StreamRelay {
  private readonly reader = new SseReader();
  /**
   * Per application, or for all: resolves when the previous events have been
   * sent.
   */
  private readonly queues = new Map<string, Promise<void>>();
  private readonly heartbeat: NodeJS.Timeout;
  private silent = false;

  constructor(
    private readonly options: {
      upstream: IncomingMessage;
      downstream: ServerResponse;
      random: Random;
      settings: () => StreamSettings;
      onEvent?: (data: string) => void;
      /** Events to send before all others. */
      first?: string[];
    },
  ) {
    const { upstream, downstream, first = [] } = options;
    downstream.writeHead(200, { 'content-type': 'text/event-stream' });
    first.forEach(data => this.write(sseEvent(data)));
    upstream.on('data', (chunk: Buffer) => this.receive(chunk));
    upstream.once('end', () => {
      if (!this.silent) {
        downstream.end();
      }
    });
    upstream.once('error', () => {
      if (!this.silent) {
        downstream.destroy();
      }
    });
    this.heartbeat = setInterval(() => this.write(SSE_HEARTBEAT), HEARTBEAT_MS);
    downstream.once('close', () => {
      clearInterval(this.heartbeat);
      upstream.destroy();
    });
  }

  /**
   * Stops sending, like a connection whose other end vanished without closing
   * it.
   */
  silence(): void {
    this.silent = true;
  }

  /** Breaks the connection in the middle of an event. */
  cut(): void {
    this.write(
      sseEvent('{"result":{"type":"MODIFIED","application":').slice(0, 30),
    );
    // The written bytes must be sent before the connection breaks.
    setImmediate(() => this.options.downstream.destroy());
  }

  /** Ends the stream with an error in Argo CD's format. */
  fail(error: {
    grpc_code: number;
    http_code: number;
    message: string;
    http_status: string;
  }): void {
    this.write(sseEvent(JSON.stringify({ error })));
    this.options.downstream.end();
  }

  private receive(chunk: Buffer): void {
    for (const piece of this.reader.read(chunk)) {
      if ('comment' in piece) {
        this.write(SSE_HEARTBEAT);
      } else {
        this.event(piece.data);
      }
    }
  }

  private event(data: string): void {
    const { random, settings, onEvent } = this.options;
    const { fault, delayMs } = settings();
    const application = applicationOf(data);
    onEvent?.(data);
    if (fault === 'silence') {
      this.silent = true;
      return;
    }
    if (fault === 'drop' && random.chance(DROP_CHANCE)) {
      return;
    }
    if (fault === 'cut' && random.chance(CUT_CHANCE)) {
      this.cut();
      return;
    }
    if (fault === 'disorder') {
      const again = random.chance(DUPLICATE_CHANCE);
      this.send(application, data, random.between(0, OVERTAKE_MS));
      if (again) {
        this.send(application, data, random.between(0, OVERTAKE_MS));
      }
    } else if (delayMs) {
      this.send(ALL, data, random.between(...delayMs));
    } else {
      this.send(application, data, 0);
    }
  }

  /**
   * Sends an event; events of one queue keep their order. That of all events
   * comes before and after any other queue, so a fault that ends doesn't let
   * later events overtake those that it still delays.
   */
  private send(queue: string, data: string, delayMs: number): void {
    const before = [...this.queues].flatMap(([name, last]) =>
      [name, queue].includes(ALL) || name === queue ? [last] : [],
    );
    if (before.length === 0 && delayMs === 0) {
      this.write(sseEvent(data));
      return;
    }
    const sent = Promise.all(before).then(async () => {
      await sleep(delayMs, undefined, { ref: false });
      this.write(sseEvent(data));
      if (this.queues.get(queue) === sent) {
        this.queues.delete(queue);
      }
    });
    this.queues.set(queue, sent);
  }

  private write(text: string): void {
    const { downstream } = this.options;
    if (!this.silent && !downstream.writableEnded && !downstream.destroyed) {
      downstream.write(text);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
