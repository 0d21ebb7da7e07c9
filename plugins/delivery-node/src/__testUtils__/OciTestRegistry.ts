import {
  buildIndex,
  buildManifest,
  type Content,
  contentOf,
  MEDIA_TYPES,
} from '@landfall/testing-kit';
import type { ServerResponse } from 'node:http';
import { type ReceivedRequest, sendJson, TestServer } from './httpServer';

const PATH = /^\/v2\/(.+)\/(tags\/list|manifests\/([^/]+)|blobs\/([^/]+))$/;

interface Repository {
  tags: Map<string, string>;
  manifests: Map<string, Content & { mediaType: string }>;
}

/** How clients must sign in to the registry. */
export type SignIn = 'nobody' | 'basic' | 'bearer';

/**
 * A registry with the reading half of the OCI distribution specification. Like
 * public registries, it has its token server and its blob storage on other
 * hosts.
 */
export class OciTestRegistry {
  static async start(
    options: { signIn?: SignIn; tokenSeconds?: number } = {},
  ): Promise<OciTestRegistry> {
    const registry = new OciTestRegistry(options);
    registry.servers = [
      await TestServer.start((request, response) =>
        registry.answer(request, response),
      ),
      await TestServer.start((request, response) =>
        registry.answerToken(request, response),
      ),
      await TestServer.start((request, response) =>
        registry.answerBlob(request, response),
      ),
    ];
    return registry;
  }

  readonly username = 'reader';
  password = 'open sesame';
  pageSize = 100;
  /** Answers to the next matching requests; these take precedence. */
  readonly faults: {
    path: RegExp;
    times: number;
    status: number;
    headers?: Record<string, string>;
    body?: object;
  }[] = [];
  hasDigestHeader = true;
  /** The largest number of concurrent requests. */
  most = 0;
  private underWay = 0;
  private readonly repositories = new Map<string, Repository>();
  private readonly blobs = new Map<string, Buffer>();
  private readonly tokens = new Map<
    string,
    { scope: string; endsAt: number }
  >();
  private servers: TestServer[] = [];

  private constructor(
    private readonly options: { signIn?: SignIn; tokenSeconds?: number },
  ) {}

  get url(): string {
    return this.servers[0].url;
  }

  /** Requests to the registry itself, such as `GET /v2/shop/api/tags/list?n=1000`. */
  get requests(): string[] {
    return this.servers[0].received.map(
      ({ method, url }) => `${method} ${url}`,
    );
  }

  get tokenRequests(): ReceivedRequest[] {
    return this.servers[1].received;
  }

  get blobRequests(): ReceivedRequest[] {
    return this.servers[2].received;
  }

  forgetRequests(): void {
    this.servers.forEach(({ received }) => {
      received.length = 0;
    });
  }

  /** Adds an image for one platform and returns the digest of its manifest. */
  push(
    name: string,
    tag: string | undefined,
    options: {
      created?: string;
      size?: number;
      content?: string;
      labels?: Record<string, string>;
    } = {},
  ): string {
    const { created, size = 1000, content = tag ?? created ?? '' } = options;
    const { labels } = options;
    const config = contentOf({
      created,
      content,
      os: 'linux',
      ...(labels && { config: { Labels: labels } }),
    });
    this.blobs.set(config.digest, config.bytes);
    const layer = contentOf(Buffer.alloc(size, content));
    const manifest = buildManifest(config, [layer]);
    return this.store(name, tag, MEDIA_TYPES.manifest, manifest);
  }

  /** Adds an index over existing images. */
  pushIndex(
    name: string,
    tag: string | undefined,
    platforms: Record<string, string>,
  ): string {
    const { manifests } = this.repository(name);
    const { mediaType, ...index } = buildIndex(
      Object.entries(platforms).map(([platform, digest]) => {
        const bytes = manifests.get(digest)?.bytes ?? Buffer.alloc(0);
        const manifest = { digest, bytes };
        return {
          platform,
          image: { mediaType: MEDIA_TYPES.manifest, manifest },
        };
      }),
    );
    return this.store(name, tag, mediaType, index);
  }

  /** Adds a manifest of any kind. */
  put(
    name: string,
    tag: string | undefined,
    mediaType: string,
    manifest: unknown,
  ): string {
    const bytes = Buffer.from(JSON.stringify(manifest));
    return this.store(name, tag, mediaType, contentOf(bytes));
  }

  private store(
    name: string,
    tag: string | undefined,
    mediaType: string,
    manifest: Content,
  ): string {
    const { digest } = manifest;
    const { manifests, tags } = this.repository(name);
    manifests.set(digest, { mediaType, ...manifest });
    if (tag !== undefined) {
      tags.set(tag, digest);
    }
    return digest;
  }

  private repository(name: string): Repository {
    const repository = this.repositories.get(name) ?? {
      tags: new Map(),
      manifests: new Map(),
    };
    this.repositories.set(name, repository);
    return repository;
  }

  untag(name: string, tag: string): void {
    this.repositories.get(name)?.tags.delete(tag);
  }

  /** Expires all issued tokens. */
  endTokens(): void {
    this.tokens.clear();
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map(server => server.stop()));
  }

  private async answer(
    request: ReceivedRequest,
    response: ServerResponse,
  ): Promise<void> {
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    this.underWay -= 1;
    const fault = this.faults.find(
      ({ path, times }) => times > 0 && path.test(request.url),
    );
    if (fault) {
      fault.times -= 1;
      response.writeHead(fault.status, fault.headers);
      response.end(JSON.stringify(fault.body ?? {}));
      return;
    }
    const [, name, , reference, blob] = PATH.exec(request.pathname) ?? [];
    if (!this.isAllowed(request, name)) {
      this.challenge(name, response);
      return;
    }
    const repository = this.repositories.get(name);
    if (!repository) {
      refuse(response, 404, 'NAME_UNKNOWN', `repository ${name} not known`);
    } else if (reference) {
      this.answerManifest(request, response, repository, reference);
    } else if (blob) {
      const [, , storage] = this.servers;
      response.writeHead(307, { location: `${storage.url}/store/${blob}` });
      response.end();
    } else {
      this.answerTags(request, response, name, repository);
    }
  }

  private answerManifest(
    { method }: ReceivedRequest,
    response: ServerResponse,
    { tags, manifests }: Repository,
    reference: string,
  ): void {
    const digest = tags.get(reference) ?? reference;
    const manifest = manifests.get(digest);
    if (!manifest) {
      refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
      return;
    }
    response.writeHead(200, {
      'content-type': manifest.mediaType,
      ...(this.hasDigestHeader && { 'docker-content-digest': digest }),
    });
    response.end(method === 'HEAD' ? undefined : manifest.bytes);
  }

  private answerTags(
    { query }: ReceivedRequest,
    response: ServerResponse,
    name: string,
    { tags }: Repository,
  ): void {
    const last = query.get('last') ?? '';
    const rest = [...tags.keys()].sort().filter(tag => tag > last);
    const page = rest.slice(0, this.pageSize);
    if (page.length < rest.length) {
      response.setHeader(
        'link',
        `</v2/${name}/tags/list?n=${this.pageSize}&last=${page.at(
          -1,
        )}>; rel="next"`,
      );
    }
    sendJson(response, 200, { name, tags: page.length > 0 ? page : null });
  }

  private isAllowed({ headers }: ReceivedRequest, name: string): boolean {
    switch (this.options.signIn) {
      case 'basic':
        return headers.authorization === this.basic;
      case 'bearer': {
        const token = this.tokens.get(headers.authorization ?? '');
        return (
          token !== undefined &&
          token.scope === `repository:${name}:pull` &&
          token.endsAt > Date.now()
        );
      }
      default:
        return true;
    }
  }

  private get basic(): string {
    const pair = `${this.username}:${this.password}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }

  private challenge(name: string, response: ServerResponse): void {
    response.setHeader(
      'www-authenticate',
      this.options.signIn === 'basic'
        ? 'Basic realm="a registry, for tests"'
        : `Bearer realm="${this.servers[1].url}/token",service="registry.test",scope="repository:${name}:pull"`,
    );
    refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
  }

  private answerToken(
    { headers, query }: ReceivedRequest,
    response: ServerResponse,
  ): void {
    if (headers.authorization && headers.authorization !== this.basic) {
      sendJson(response, 401, { details: 'incorrect username or password' });
      return;
    }
    const { tokenSeconds = 300 } = this.options;
    const token = `token-${this.tokenRequests.length}`;
    this.tokens.set(`Bearer ${token}`, {
      scope: query.get('scope') ?? '',
      endsAt: Date.now() + tokenSeconds * 1000,
    });
    sendJson(response, 200, { token, expires_in: tokenSeconds });
  }

  private answerBlob(
    { pathname }: ReceivedRequest,
    response: ServerResponse,
  ): void {
    const blob = this.blobs.get(pathname.slice('/store/'.length));
    response.writeHead(blob === undefined ? 404 : 200);
    response.end(blob);
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  sendJson(response, status, { errors: [{ code, message }] });
}
