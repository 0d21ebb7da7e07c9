import type { ServerResponse } from 'node:http';
import { ProjectScopedArgoCdClient } from '../argocd';
import { type ReceivedRequest, sendJson, TestServer } from './httpServer';

interface RawApplication {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
  };
  spec: { project: string; destination: { server: string } };
}

/** A managed Argo CD knows clusters by their ARN. */
export const CLUSTER_ARN =
  'arn:aws:eks:eu-west-1:123456789012:cluster/landfall';

const HEARTBEAT_MS = 20;
const TIMEOUTS = { requestMs: 3000, retryPauseMs: 1 };
const STREAMS = {
  silenceMs: 1000,
  settleMs: 10,
  firstBackoffMs: 1,
  maxBackoffMs: 5,
};

/**
 * A managed Argo CD over real HTTP: each token, `<project>-token` and
 * `<project>-write`, is good for one project. A call that isn't about that
 * project is forbidden.
 */
export class ProjectArgoCd {
  static async start(): Promise<ProjectArgoCd> {
    const argocd: ProjectArgoCd = new ProjectArgoCd(
      await TestServer.start((...args) => argocd.handle(...args)),
    );
    return argocd;
  }

  /** Projects whose tokens are refused. */
  readonly refused = new Set<string>();
  /** Projects whose streams send nothing. */
  readonly silent = new Set<string>();
  private readonly applications = new Map<string, RawApplication>();
  private readonly streams = new Map<ServerResponse, string>();
  private readonly clients: ProjectScopedArgoCdClient[] = [];
  private version = 100;

  private constructor(readonly server: TestServer) {}

  client(
    projects: string[],
    streams: Partial<typeof STREAMS> = {},
  ): ProjectScopedArgoCdClient {
    const { url } = this.server;
    const client = ProjectScopedArgoCdClient.create(
      {
        name: 'main',
        url,
        frontendUrl: url,
        projects: projects.map(project => ({
          project,
          credentials: { token: `${project}-token` },
          write: { token: `${project}-write` },
        })),
      },
      { timeouts: TIMEOUTS, streams: { ...STREAMS, ...streams } },
    );
    this.clients.push(client);
    return client;
  }

  set(project: string, name: string, options = { event: true }): void {
    this.version += 1;
    const application = {
      metadata: {
        name,
        namespace: 'argocd',
        uid: `uid-${name}`,
        resourceVersion: String(this.version),
      },
      spec: { project, destination: { server: CLUSTER_ARN } },
    };
    this.applications.set(name, application);
    if (options.event) {
      this.send(project, 'MODIFIED', application);
    }
  }

  /** Removes an application without an event. */
  remove(name: string): void {
    this.applications.delete(name);
  }

  /** Cuts the streams of a project. */
  cut(project: string): void {
    this.streamsOf(project).forEach(stream => stream.destroy());
  }

  openStreams(project: string): number {
    return this.streamsOf(project).length;
  }

  /** Method, path and token of the calls that are no streams and no lists. */
  get calls(): string[] {
    return this.server.received
      .filter(({ pathname }) => !/\/(stream\/)?applications$/.test(pathname))
      .map(
        ({ method, pathname, headers }) =>
          `${method} ${pathname} ${headers.authorization}`,
      );
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map(client => client.close()));
    await this.server.stop();
  }

  private handle(request: ReceivedRequest, response: ServerResponse): void {
    const { pathname, query } = request;
    if (pathname === '/api/version') {
      sendJson(response, 200, { Version: 'v3.5.1' });
      return;
    }
    const project = /^Bearer (.+)-(?:token|write)$/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    if (project === undefined || this.refused.has(project)) {
      sendJson(response, 401, { code: 16, message: 'token is expired' });
    } else if (pathname.endsWith('/stream/applications')) {
      if (this.isAbout(project, query.getAll('projects'), response)) {
        this.openStream(project, response);
      }
    } else if (pathname.includes('/account/can-i/')) {
      sendJson(response, 200, { value: 'yes' });
    } else if (request.method === 'GET' && pathname.endsWith('/applications')) {
      if (this.isAbout(project, query.getAll('projects'), response)) {
        const items = this.of(project);
        sendJson(response, 200, { items: items.length > 0 ? items : null });
      }
    } else if (request.method === 'GET') {
      const found = this.of(project).find(({ metadata }) =>
        pathname.endsWith(`/${metadata.name}`),
      );
      sendJson(
        response,
        found ? 200 : 404,
        found ?? { code: 5, message: 'not found' },
      );
    } else {
      sendJson(response, 200, this.of(project)[0] ?? {});
    }
  }

  private isAbout(
    project: string,
    asked: string[],
    response: ServerResponse,
  ): boolean {
    const isAbout = asked.length === 1 && asked[0] === project;
    if (!isAbout) {
      sendJson(response, 403, { code: 7, message: 'permission denied' });
    }
    return isAbout;
  }

  private of(project: string): RawApplication[] {
    return [...this.applications.values()].filter(
      ({ spec }) => spec.project === project,
    );
  }

  private openStream(project: string, response: ServerResponse): void {
    this.streams.set(response, project);
    // Heartbeats and headers both start with the first event.
    const timer = setInterval(() => {
      if (response.headersSent && !this.silent.has(project)) {
        response.write(':\n');
      }
    }, HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(timer);
      this.streams.delete(response);
    });
    response.setHeader('content-type', 'text/event-stream');
    this.of(project).forEach(one => this.send(project, 'ADDED', one));
  }

  private send(
    project: string,
    type: string,
    application: RawApplication,
  ): void {
    if (!this.silent.has(project)) {
      this.streamsOf(project).forEach(stream =>
        stream.write(
          `data: ${JSON.stringify({ result: { type, application } })} \n\n`,
        ),
      );
    }
  }

  private streamsOf(project: string): ServerResponse[] {
    return [...this.streams]
      .filter(([, own]) => own === project)
      .map(([stream]) => stream);
  }
}
