import {
  DELIVERY_CHANNEL,
  parseDeliverySignal,
  SIGNAL_GATHER_MS,
  signalSpreadMs,
} from '@landfall/backstage-plugin-delivery-common';
import { waitUntil } from '@landfall/testing-kit';
import { z } from 'zod';
import type { PortalProcess } from '../../processes';

/** How long the frontend waits until a socket is open. */
const CONNECT_MS = 1000;

const overviewSchema = z.object({
  deployments: z.object({
    environments: z.array(
      z.object({ deployments: z.array(z.object({ key: z.string() })) }),
    ),
  }),
  images: z.object({ keys: z.array(z.string()) }),
});

const messageSchema = z.object({
  channel: z.literal(DELIVERY_CHANNEL),
  message: z.record(z.string(), z.unknown()),
});

/** A request of an open page; milliseconds. */
export interface PageRequest {
  /** When it was sent, by `performance.now()`. */
  at: number;
  ms: number;
}

/**
 * An entity's page that is open in a visible tab: it has read the overview, listens
 * to signals, and reads again as the frontend does.
 */
export class OpenPage {
  static async open(options: {
    portal: PortalProcess;
    token: string;
    component: string;
  }): Promise<OpenPage> {
    const page = new OpenPage(options);
    await page.read();
    await page.listen();
    return page;
  }

  readonly requests: PageRequest[] = [];
  messages = 0;
  failures = 0;
  private keys: ReadonlySet<string> = new Set();
  private etag?: string;
  private socket?: WebSocket;
  private due?: { at: number; timer: NodeJS.Timeout };

  private constructor(
    private readonly options: {
      portal: PortalProcess;
      token: string;
      component: string;
    },
  ) {}

  /** Forgets what was counted. */
  reset(): void {
    this.requests.length = 0;
    this.messages = 0;
    this.failures = 0;
  }

  close(): void {
    clearTimeout(this.due?.timer);
    this.socket?.close();
  }

  /**
   * Connects again if there is no answer, as the frontend does: Backstage serves
   * sockets only from the second request for one on.
   */
  private async listen(): Promise<void> {
    await waitUntil(
      'the portal accepts a socket for signals',
      async () => this.connect(),
      { intervalMs: 500 },
    );
    this.socket?.send(
      JSON.stringify({ action: 'subscribe', channel: DELIVERY_CHANNEL }),
    );
  }

  /** Returns whether the portal accepts the socket in time. */
  private async connect(): Promise<boolean> {
    const { portal, token } = this.options;
    const socket = new WebSocket(
      `${portal.url.replace('http:', 'ws:')}/api/signals`,
      token,
    );
    const isOpen = await new Promise<boolean>(resolve => {
      const timer = setTimeout(resolve, CONNECT_MS, false);
      const settle = (open: boolean) => () => {
        clearTimeout(timer);
        resolve(open);
      };
      socket.addEventListener('open', settle(true), { once: true });
      socket.addEventListener('error', settle(false), { once: true });
    });
    if (!isOpen) {
      socket.close();
      return false;
    }
    socket.addEventListener('message', ({ data }) => this.receive(data));
    this.socket = socket;
    return true;
  }

  private receive(data: unknown): void {
    const parsed = messageSchema.safeParse(JSON.parse(String(data)));
    if (!parsed.success) {
      return;
    }
    this.messages += 1;
    const spreadMs = signalSpreadMs(
      parseDeliverySignal(parsed.data.message),
      this.keys,
    );
    if (spreadMs !== undefined) {
      this.request(SIGNAL_GATHER_MS + Math.random() * spreadMs);
    }
  }

  private request(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (this.due && this.due.at <= at) {
      return;
    }
    clearTimeout(this.due?.timer);
    const timer = setTimeout(() => {
      this.due = undefined;
      this.read().catch(() => {
        this.failures += 1;
      });
    }, delayMs);
    this.due = { at, timer };
  }

  private async read(): Promise<void> {
    const { portal, token, component } = this.options;
    const at = performance.now();
    const url = `${portal.apiUrl}/entities/component/default/${component}/overview`;
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(this.etag && { 'if-none-match': this.etag }),
      },
    });
    const body = await response.text();
    this.requests.push({ at, ms: performance.now() - at });
    if (response.status === 304) {
      return;
    }
    if (!response.ok) {
      throw new Error(`${url} was answered by ${response.status}: ${body}`);
    }
    this.etag = response.headers.get('etag') ?? undefined;
    const { deployments, images } = overviewSchema.parse(JSON.parse(body));
    this.keys = new Set([
      ...deployments.environments.flatMap(each =>
        each.deployments.map(({ key }) => key),
      ),
      ...images.keys,
    ]);
  }
}
