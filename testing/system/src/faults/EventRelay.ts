import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './Random';

/**
 * The interval between attempts until a portal accepts an event. EventBridge
 * retries, too.
 */
const RETRY_MS = 300;
const ATTEMPTS = 60;

/** A fault applied to the registry's events for one portal. */
export type EventFault = 'drop' | 'disorder';

/**
 * A portal: the addresses of its replicas, any of which may receive an event.
 */
interface Destination {
  urls: () => string[];
  fault?: EventFault;
}

/**
 * Receives ECR's events from the registry once and sends each to all portals,
 * as EventBridge does with several rules. Each portal can have its own faults.
 */
export class EventRelay {
  /** @param filter - returns what to send in place of an event */
  static async start(
    random: Random,
    filter: (event: string) => string[] = event => [event],
  ): Promise<EventRelay> {
    const relay = new EventRelay(random, filter);
    await new Promise<void>((resolve, reject) => {
      relay.server.once('error', reject);
      relay.server.listen(0, '127.0.0.1', resolve);
    });
    return relay;
  }

  private readonly server: Server;
  private readonly destinations = new Map<string, Destination>();
  private stopped = false;

  private constructor(
    private readonly random: Random,
    filter: (event: string) => string[],
  ) {
    this.server = createServer((incoming, response) => {
      read(incoming).then(
        body => {
          filter(body).forEach(event => this.deliver(event, incoming.headers));
          response.writeHead(202).end();
        },
        () => response.destroy(),
      );
    });
  }

  get url(): string {
    const address = this.server.address();
    if (!address || typeof address === 'string') {
      throw new Error('The relay does not listen');
    }
    return `http://127.0.0.1:${address.port}/`;
  }

  add(name: string, urls: () => string[]): void {
    this.destinations.set(name, { urls });
  }

  set(name: string, fault: EventFault | undefined): void {
    const destination = this.destinations.get(name);
    if (destination) {
      destination.fault = fault;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private deliver(body: string, headers: IncomingMessage['headers']): void {
    for (const destination of this.destinations.values()) {
      const { fault } = destination;
      if (fault === 'drop') {
        continue;
      }
      const times = fault === 'disorder' ? this.random.integer(1, 3) : 1;
      for (let copy = 0; copy < times; copy++) {
        const delayMs = fault === 'disorder' ? this.random.between(0, 1500) : 0;
        this.send(destination, body, headers, delayMs).catch(() => undefined);
      }
    }
  }

  private async send(
    { urls }: Destination,
    body: string,
    headers: IncomingMessage['headers'],
    delayMs: number,
  ): Promise<void> {
    await sleep(delayMs, undefined, { ref: false });
    for (let attempt = 0; attempt < ATTEMPTS && !this.stopped; attempt++) {
      const candidates = urls();
      const url = candidates[attempt % candidates.length];
      const taken = await fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-landfall-token': String(headers['x-landfall-token'] ?? ''),
        },
        signal: AbortSignal.timeout(15_000),
      }).then(
        response => response.ok,
        () => false,
      );
      if (taken) {
        return;
      }
      await sleep(RETRY_MS, undefined, { ref: false });
    }
  }
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
