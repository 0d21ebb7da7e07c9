import { DefaultArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import express, {
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { z } from 'zod';
import type { RawApplication } from './recordings';
import { serve, type TestServer } from './http';

const specSchema = z.object({ project: z.string().optional() });

/**
 * The part of Argo CD's REST API that a watch needs, over real HTTP. It answers
 * with recorded applications and revisions.
 *
 * @internal
 */
export class ReplayedArgoCd {
  static async start(
    options: { token?: string; port?: number } = {},
  ): Promise<ReplayedArgoCd> {
    const { token = 'token-of-the-test', port } = options;
    const replayed = new ReplayedArgoCd(token);
    await replayed.listen(port);
    return replayed;
  }

  /** The account may see the applications of these projects; undefined: of all. */
  visibleProjects?: string[];
  /** Answers whatever isn't a GET, and reads with `refresh`; by default, nothing does. */
  onAction?: RequestHandler;
  /** Paths that were requested. */
  readonly requests: string[] = [];
  /** The same, with their query strings. */
  readonly urls: string[] = [];
  private readonly applications = new Map<string, RawApplication>();
  private readonly revisions = new Map<string, object>();
  private readonly windows = new Map<string, object>();
  private readonly managed = new Map<string, object[]>();
  private readonly trees = new Map<string, object>();
  private readonly events = new Map<string, object[]>();
  private readonly answers = new Map<
    string,
    { status: number; body: unknown }
  >();
  private readonly heldAnswers: (() => void)[] = [];
  private toHold = 0;
  private readonly streams = new Set<Response>();
  private readonly clients: DefaultArgoCdClient[] = [];
  private server?: TestServer;

  private constructor(private readonly token: string) {}

  get url(): string {
    return this.server?.url ?? '';
  }

  /** A client with the token. It is closed by `stop`. */
  createClient(): DefaultArgoCdClient {
    const client = DefaultArgoCdClient.create({
      name: 'main',
      url: this.url,
      frontendUrl: this.url,
      credentials: { token: this.token },
    });
    this.clients.push(client);
    return client;
  }

  get streaming(): number {
    return this.streams.size;
  }

  /** Sets an application without sending an event. */
  put(application: RawApplication): void {
    this.applications.set(application.metadata.name, application);
  }

  /** Removes an application without sending an event. */
  remove(name: string): void {
    this.applications.delete(name);
  }

  /** Removes all applications without sending events. */
  clear(): void {
    this.applications.clear();
  }

  /** Sets or removes an application and sends the event to all streams. */
  emit(type: 'ADDED' | 'MODIFIED' | 'DELETED', application: RawApplication) {
    if (type === 'DELETED') {
      this.applications.delete(application.metadata.name);
    } else {
      this.put(application);
    }
    for (const stream of this.streams) {
      send(stream, type, application);
    }
  }

  putRevision(revision: string, metadata: object): void {
    this.revisions.set(revision, metadata);
  }

  /** The response for an application's sync windows; by default, it has none. */
  putSyncWindows(name: string, answer: object): void {
    this.windows.set(name, answer);
  }

  /** The live resources that an application manages; undefined: they can't be read. */
  putManaged(name: string, resources: object[] | undefined): void {
    if (resources) {
      this.managed.set(name, resources);
    } else {
      this.managed.delete(name);
    }
  }

  /** The answer for an application's resource tree; without one, it can't be read. */
  putTree(name: string, answer: object): void {
    this.trees.set(name, answer);
  }

  /** The events of an application's objects; by default, it has none. */
  putEvents(name: string, items: object[]): void {
    this.events.set(name, items);
  }

  /**
   * Sets the response to a path below `/api/v1/applications/`, in place of any
   * other.
   */
  putAnswer(path: string, body: unknown, status = 200): void {
    this.answers.set(`/api/v1/applications/${path}`, { status, body });
  }

  /**
   * Holds the response to the next request for managed resources, with the content
   * at the time of the request, until the returned function is called.
   */
  holdManaged(): () => void {
    this.toHold += 1;
    return () => this.heldAnswers.splice(0).forEach(answer => answer());
  }

  /** How many responses are being held. */
  get held(): number {
    return this.heldAnswers.length;
  }

  /** Stops the server and cuts all streams. */
  async stop(): Promise<void> {
    await Promise.all(this.clients.splice(0).map(client => client.close()));
    await this.server?.close();
    this.streams.clear();
  }

  private maySee(project: string): boolean {
    return this.visibleProjects?.includes(project) ?? true;
  }

  private async listen(port?: number): Promise<void> {
    this.server = await serve(app => {
      app.get('/api/version', (_, res) => {
        res.json({ Version: 'v3.5.1' });
      });
      app.use((req, res, next) => {
        this.requests.push(req.path);
        this.urls.push(req.originalUrl);
        if (req.headers.authorization === `Bearer ${this.token}`) {
          next();
        } else {
          res.status(401).json({ error: 'no session information', code: 16 });
        }
      });
      app.use((req, res, next) => {
        const answer = this.answers.get(req.path);
        if (answer) {
          res.status(answer.status).json(answer.body);
        } else {
          next();
        }
      });
      app.use(express.json(), (req, res, next) => {
        if (this.onAction && (req.method !== 'GET' || req.query.refresh)) {
          this.onAction(req, res, next);
        } else {
          next();
        }
      });
      app.get('/api/v1/applications', (req, res) => {
        const items = [...this.applications.values()].filter(
          application =>
            this.maySee(projectOf(application)) && isAsked(req, application),
        );
        res.json({ metadata: {}, items: items.length > 0 ? items : null });
      });
      app.get(
        '/api/v1/account/can-i/applications/get/:project/*',
        (req, res) => {
          res.json({ value: this.maySee(req.params.project) ? 'yes' : 'no' });
        },
      );
      app.get('/api/v1/applications/:name', (req, res) => {
        const application = this.applications.get(req.params.name);
        if (application) {
          res.json(application);
        } else if (req.query.project) {
          res.status(404).json({ error: 'application not found', code: 5 });
        } else {
          res.status(403).json({ error: 'permission denied', code: 7 });
        }
      });
      app.get(
        '/api/v1/applications/:name/revisions/:revision/metadata',
        (req, res) => {
          const metadata = this.revisions.get(req.params.revision);
          if (metadata) {
            res.json(metadata);
          } else {
            res
              .status(500)
              .json({ error: 'revision must be resolved', code: 2 });
          }
        },
      );
      app.get('/api/v1/applications/:name/managed-resources', (req, res) => {
        const resources = this.managed.get(req.params.name);
        if (resources) {
          const body = {
            items: resources.map(resource => ({
              kind: 'kind' in resource ? resource.kind : 'ImageUpdater',
              name: 'any',
              liveState: JSON.stringify(resource),
              targetState: JSON.stringify(resource),
            })),
          };
          if (this.toHold > 0) {
            this.toHold -= 1;
            this.heldAnswers.push(() => res.json(body));
          } else {
            res.json(body);
          }
        } else {
          res.status(400).json({ error: 'error getting app', code: 3 });
        }
      });
      app.get('/api/v1/applications/:name/resource-tree', (req, res) => {
        const tree = this.trees.get(req.params.name);
        if (tree) {
          res.json(tree);
        } else {
          res.status(400).json({ error: 'error getting app', code: 3 });
        }
      });
      app.get('/api/v1/applications/:name/events', (req, res) => {
        res.json({ items: this.events.get(req.params.name) ?? [] });
      });
      app.get('/api/v1/applications/:name/syncwindows', (req, res) => {
        res.json(this.windows.get(req.params.name) ?? { canSync: true });
      });
      app.get('/api/v1/stream/applications', (req, res) => {
        res.type('text/event-stream');
        this.streams.add(res);
        req.on('close', () => this.streams.delete(res));
        for (const application of this.applications.values()) {
          if (isAsked(req, application)) {
            send(res, 'ADDED', application);
          }
        }
      });
    }, port);
  }
}

function projectOf({ spec }: RawApplication): string {
  return specSchema.parse(spec).project ?? 'default';
}

/** Whether `projects` of the request is absent or has the application's. */
function isAsked({ query }: Request, application: RawApplication): boolean {
  const projects = [query.projects ?? []].flat();
  return projects.length === 0 || projects.includes(projectOf(application));
}

function send(stream: Response, type: string, application: RawApplication) {
  stream.write(
    `data: ${JSON.stringify({ result: { type, application } })}\n\n`,
  );
}
