import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Asked,
  checkImageUpdater,
  matcher,
  parseObject,
  parseUrl,
  refuse,
  send,
  statusOf,
  type Stored,
} from './kubernetesRequests';

interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  plural: string;
  version: number;
  object: Stored;
}

interface Watcher {
  plural: string;
  matches: (object: Stored) => boolean;
  response: ServerResponse;
}

/**
 * A Kubernetes API for tests, with ImageUpdaters and events: lists in parts,
 * watches with resource versions and bookmarks, and the errors of the real API.
 */
export class KubernetesServer {
  static async start(
    options: { token?: string } = {},
  ): Promise<KubernetesServer> {
    const server = new KubernetesServer(options);
    await server.listen();
    return server;
  }

  /** Paths and queries, in order of arrival. */
  readonly requests: string[] = [];
  private readonly objects = new Map<string, Stored>();
  private readonly refusals = new Map<string, number>();
  private readonly watchers = new Set<Watcher>();
  private changes: Change[] = [];
  private version = 100;
  /** Versions before it are forgotten. */
  private oldest = 0;
  private port = 0;
  private server?: Server;
  private isAnswering = true;

  private constructor(private readonly options: { token?: string }) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens on a free port, or on the same port as before `stop`. */
  async listen(): Promise<void> {
    const server = createServer((request, response) =>
      this.serve(request, response),
    );
    await new Promise<void>(resolve =>
      server.listen(this.port, '127.0.0.1', resolve),
    );
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise<void>(resolve => {
      if (server) {
        server.close(() => resolve());
      } else {
        resolve();
      }
    });
  }

  /** Creates or replaces an ImageUpdater, which its CRD must accept. */
  putUpdater(raw: object): void {
    checkImageUpdater(raw);
    this.put('imageupdaters', raw);
  }

  putEvent(raw: object): void {
    this.put('events', raw);
  }

  delete(plural: string, namespace: string, name: string): void {
    const key = `${plural}/${namespace}/${name}`;
    const object = this.objects.get(key);
    if (object && this.objects.delete(key)) {
      this.change('DELETED', plural, object);
    }
  }

  /** Sends a bookmark to all watches. */
  bookmark(): void {
    this.version += 1;
    for (const { response } of this.watchers) {
      const metadata = { resourceVersion: String(this.version) };
      send(response, { type: 'BOOKMARK', object: { metadata } });
    }
  }

  /** Forgets former versions, as etcd does every five minutes. */
  compact(): void {
    this.version += 1;
    this.oldest = this.version;
    this.changes = [];
  }

  /** Ends the watches as the server does when their time is over. */
  endWatches(): void {
    this.watchers.forEach(({ response }) => response.end());
    this.watchers.clear();
  }

  /** Ends the watches within an event. */
  cutWatches(): void {
    for (const { response } of this.watchers) {
      response.write('{"type":"MODI');
      response.destroy();
    }
    this.watchers.clear();
  }

  /** Sends a line to all watches. */
  sendLine(line: string): void {
    this.watchers.forEach(({ response }) => response.write(`${line}\n`));
  }

  /** Refuses a collection with a status from now on; undefined accepts it again. */
  refuse(plural: string, status: number | undefined): void {
    if (status === undefined) {
      this.refusals.delete(plural);
    } else {
      this.refusals.set(plural, status);
    }
  }

  /** Whether requests get an answer at all. */
  answer(isAnswering: boolean): void {
    this.isAnswering = isAnswering;
  }

  /** How many watches of a collection are open. */
  watching(plural: string): number {
    return [...this.watchers].filter(one => one.plural === plural).length;
  }

  /** How many lists and watches of a collection were asked for. */
  asked(plural: string): { lists: number; watches: number } {
    const own = this.requests.filter(url => url.includes(`/${plural}?`));
    const watches = own.filter(url => url.includes('watch=true')).length;
    return { lists: own.length - watches, watches };
  }

  private put(plural: string, raw: object): void {
    const { metadata, ...rest } = parseObject(raw);
    const key = `${plural}/${metadata.namespace}/${metadata.name}`;
    const type = this.objects.has(key) ? 'MODIFIED' : 'ADDED';
    this.change(type, plural, { ...rest, metadata });
  }

  private change(type: Change['type'], plural: string, raw: Stored): void {
    this.version += 1;
    const { version } = this;
    const object: Stored = {
      ...raw,
      metadata: { ...raw.metadata, resourceVersion: String(version) },
    };
    const { namespace, name } = object.metadata;
    if (type !== 'DELETED') {
      this.objects.set(`${plural}/${namespace}/${name}`, object);
    }
    this.changes.push({ type, plural, version, object });
    for (const watcher of this.watchers) {
      if (watcher.plural === plural && watcher.matches(object)) {
        send(watcher.response, { type, object });
      }
    }
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.url ?? '');
    if (!this.isAnswering) {
      return;
    }
    const { token } = this.options;
    if (token && request.headers.authorization !== `Bearer ${token}`) {
      refuse(response, 401, 'Unauthorized');
      return;
    }
    const asked = parseUrl(new URL(request.url ?? '/', this.url));
    if (!asked || this.refusals.get(asked.plural) === 404) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('404 page not found\n');
      return;
    }
    const status = this.refusals.get(asked.plural);
    if (status !== undefined) {
      refuse(
        response,
        status,
        `${asked.plural} is forbidden: User "system:serviceaccount:portal:portal" cannot list resource "${asked.plural}" at the cluster scope`,
      );
    } else if (asked.query.get('watch') === 'true') {
      this.watch(asked, response);
    } else {
      this.list(asked, response);
    }
  }

  private list(asked: Asked, response: ServerResponse): void {
    const { plural, query } = asked;
    const matches = matcher(asked);
    const [version, start] = (query.get('continue') ?? `${this.version}.0`)
      .split('.')
      .map(Number);
    if (version < this.oldest) {
      refuse(response, 410, 'The provided continue parameter is too old');
      return;
    }
    const all = [...this.objects]
      .filter(
        ([key, object]) => key.startsWith(`${plural}/`) && matches(object),
      )
      .map(([, object]) => object);
    const end = start + Number(query.get('limit') ?? all.length);
    const rest = all.length > end ? { continue: `${version}.${end}` } : {};
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        kind: 'List',
        metadata: { resourceVersion: String(version), ...rest },
        items: all.slice(start, end),
      }),
    );
  }

  private watch(asked: Asked, response: ServerResponse): void {
    const { plural, query } = asked;
    const since = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (since < this.oldest) {
      // The real API answers with 200, and then with this event.
      const message = `too old resource version: ${since} (${this.oldest})`;
      send(response, { type: 'ERROR', object: statusOf(410, message) });
      response.end();
      return;
    }
    const watcher = { plural, matches: matcher(asked), response };
    this.changes
      .filter(
        ({ plural: of, version, object }) =>
          of === plural && version > since && watcher.matches(object),
      )
      .forEach(({ type, object }) => send(response, { type, object }));
    this.watchers.add(watcher);
    response.on('close', () => this.watchers.delete(watcher));
  }
}
