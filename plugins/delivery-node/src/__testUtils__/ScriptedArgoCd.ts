import type { ServerResponse } from 'node:http';
import { type Handler, sendJson, TestServer } from './httpServer';

interface RawApplication {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
  };
  spec: { project: string };
  status: { sync: { status: string; revision: string } };
}

/** The interval of heartbeats in the tests; Argo CD's own is 15 s. */
const HEARTBEAT_MS = 20;

/**
 * The part of Argo CD's API that a watch needs, over real HTTP, with the faults
 * that a test sets.
 */
export class ScriptedArgoCd {
  static async start(): Promise<ScriptedArgoCd> {
    const argocd: ScriptedArgoCd = new ScriptedArgoCd(
      await TestServer.start((...args) => argocd.handle(...args)),
    );
    return argocd;
  }

  readonly applications = new Map<string, RawApplication>();
  readonly streams = new Set<ServerResponse>();
  /**
   * Answers before the scripted answers do; returns false to fall through to
   * them.
   */
  fault?: Handler;
  heartbeats = true;
  /**
   * False: new streams send nothing by themselves, not even the existing
   * applications.
   */
  replay = true;
  private version = 100;
  private readonly timers = new Set<ReturnType<typeof setInterval>>();

  private constructor(readonly server: TestServer) {}

  /** Counts the requests to a path. */
  count(path: string): number {
    return this.server.received.filter(({ pathname }) => pathname === path)
      .length;
  }

  get lists(): number {
    return this.count('/api/v1/applications');
  }

  get streamsOpened(): number {
    return this.count('/api/v1/stream/applications');
  }

  /** Sets an application to a revision, with or without an event for it. */
  set(name: string, revision: string, options = { event: true }): void {
    const before = this.applications.get(name);
    this.version += 1;
    const application: RawApplication = {
      metadata: {
        name,
        namespace: 'argocd',
        uid: before?.metadata.uid ?? `uid-${this.version}`,
        resourceVersion: String(this.version),
      },
      spec: { project: 'shop' },
      status: { sync: { status: 'Synced', revision } },
    };
    this.applications.set(name, application);
    if (options.event) {
      this.send(before ? 'MODIFIED' : 'ADDED', application);
    }
  }

  remove(name: string, options = { event: true }): void {
    const application = this.applications.get(name);
    this.applications.delete(name);
    if (options.event && application) {
      this.send('DELETED', application);
    }
  }

  send(type: string, application: unknown): void {
    this.write(
      `data: ${JSON.stringify({ result: { type, application } })} \n\n`,
    );
  }

  write(text: string): void {
    this.streams.forEach(stream => stream.write(text));
  }

  cut(): void {
    this.streams.forEach(stream => stream.destroy());
  }

  async stop(): Promise<void> {
    this.timers.forEach(timer => clearInterval(timer));
    await this.server.stop();
  }

  private async handle(...args: Parameters<Handler>): Promise<void> {
    const [{ pathname }, response] = args;
    if (this.fault && (await this.fault(...args)) !== false) {
      return;
    }
    const single = /^\/api\/v1\/applications\/(.+)$/.exec(pathname)?.[1];
    if (pathname === '/api/version') {
      sendJson(response, 200, { Version: 'v3.5.1' });
    } else if (pathname === '/api/v1/applications') {
      const items = [...this.applications.values()];
      sendJson(response, 200, { items: items.length > 0 ? items : null });
    } else if (pathname === '/api/v1/stream/applications') {
      this.openStream(response);
    } else if (single && this.applications.has(single)) {
      sendJson(response, 200, this.applications.get(single));
    } else {
      sendJson(response, 404, { code: 5, message: `${single} not found` });
    }
  }

  private openStream(response: ServerResponse): void {
    this.streams.add(response);
    response.setHeader('content-type', 'text/event-stream');
    // Heartbeats and headers both start with the first event.
    const timer = setInterval(() => {
      if (this.heartbeats && response.headersSent) {
        response.write(':\n');
      }
    }, HEARTBEAT_MS);
    this.timers.add(timer);
    response.on('close', () => {
      clearInterval(timer);
      this.streams.delete(response);
    });
    if (this.replay) {
      for (const application of this.applications.values()) {
        response.write(
          `data: ${JSON.stringify({
            result: { type: 'ADDED', application },
          })} \n\n`,
        );
      }
    }
  }
}
