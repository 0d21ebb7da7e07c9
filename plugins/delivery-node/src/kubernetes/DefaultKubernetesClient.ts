import { z } from 'zod';
import { follow, withDeadline } from '../abort';
import { KubernetesError } from './errors';
import { KubernetesTransport } from './KubernetesTransport';
import { linesOf } from './lines';
import type {
  KubernetesClient,
  KubernetesCollection,
  KubernetesConnection,
  KubernetesList,
  KubernetesWatchEvent,
} from './types';

/**
 * Limits of the client; times in milliseconds.
 *
 * @public
 */
export interface KubernetesLimits {
  connectMs: number;
  /** A whole list. */
  listMs: number;
  /** Objects in one part of a list. */
  pageSize: number;
  /** Objects in a whole list. */
  maxObjects: number;
  /** A part of a list. */
  maxPageBytes: number;
  /** One event of a watch. Kubernetes stores objects of up to 1.5 MB. */
  maxEventBytes: number;
  /** How long the server is asked to keep a watch open. */
  watchMs: number;
  /**
   * How long after `watchMs` a watch may still be open, and how long the server
   * may take to accept one.
   */
  watchGraceMs: number;
}

const LIMITS: KubernetesLimits = {
  connectMs: 10_000,
  listMs: 60_000,
  pageSize: 500,
  maxObjects: 10_000,
  maxPageBytes: 64 * 1024 * 1024,
  maxEventBytes: 8 * 1024 * 1024,
  watchMs: 240_000,
  watchGraceMs: 30_000,
};

const listSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string().min(1),
    continue: z.string().nullish(),
  }),
  items: z.array(z.unknown()).nullish(),
});

const eventSchema = z.object({ type: z.string(), object: z.unknown() });
const statusSchema = z.object({
  code: z.number().nullish(),
  message: z.string().nullish(),
});
const versionedSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().min(1) }),
});

const TYPES: Record<string, KubernetesWatchEvent['type']> = {
  ADDED: 'changed',
  MODIFIED: 'changed',
  DELETED: 'deleted',
  BOOKMARK: 'bookmark',
};

/**
 * Lists and watches objects of one cluster, as Kubernetes describes it in "API
 * Concepts": in parts, with resource versions and bookmarks.
 *
 * @public
 */
export class DefaultKubernetesClient implements KubernetesClient {
  static create(
    connection: KubernetesConnection,
    limits: Partial<KubernetesLimits> = {},
  ): DefaultKubernetesClient {
    return new DefaultKubernetesClient(connection, { ...LIMITS, ...limits });
  }

  readonly cluster: string;
  private readonly transport: KubernetesTransport;

  private constructor(
    connection: KubernetesConnection,
    private readonly limits: KubernetesLimits,
  ) {
    this.cluster = connection.name;
    this.transport = KubernetesTransport.create(connection, limits);
  }

  async list(
    collection: KubernetesCollection,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<KubernetesList> {
    const { listMs: timeoutMs, pageSize } = this.limits;
    return withDeadline(
      { signal, timeoutMs, timeoutError: () => this.late('list', timeoutMs) },
      async controller => {
        try {
          return await this.pages(collection, controller.signal, pageSize);
        } catch (error) {
          // The rest of a list is kept for some minutes only.
          if (error instanceof KubernetesError && error.code === 'gone') {
            return this.pages(collection, controller.signal);
          }
          throw error;
        }
      },
    );
  }

  async *watch(
    collection: KubernetesCollection,
    {
      resourceVersion,
      signal,
      onOpen,
    }: {
      resourceVersion: string;
      signal?: AbortSignal;
      onOpen?: () => void;
    },
  ): AsyncGenerator<KubernetesWatchEvent> {
    const { watchMs, watchGraceMs, maxEventBytes } = this.limits;
    const controller = new AbortController();
    const unfollow = follow(signal, controller);
    const end = () => controller.abort(this.late('watch', watchGraceMs));
    let timer = setTimeout(end, watchGraceMs);
    try {
      const response = await this.transport.get(
        pathOf(collection, {
          watch: 'true',
          resourceVersion,
          allowWatchBookmarks: 'true',
          timeoutSeconds: String(Math.ceil(watchMs / 1000)),
        }),
        controller.signal,
      );
      clearTimeout(timer);
      timer = setTimeout(end, watchMs + watchGraceMs);
      onOpen?.();
      const lines = linesOf(this.transport.bytes(response), maxEventBytes, () =>
        this.transport.unexpected(
          `an event of more than ${maxEventBytes} bytes`,
        ),
      );
      for await (const line of lines) {
        yield this.event(line);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw controller.signal.aborted ? controller.signal.reason : error;
    } finally {
      clearTimeout(timer);
      unfollow();
      controller.abort();
    }
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.transport.close();
  }

  private async pages(
    collection: KubernetesCollection,
    signal: AbortSignal,
    limit?: number,
  ): Promise<KubernetesList> {
    const { maxObjects, maxPageBytes } = this.limits;
    const items: unknown[] = [];
    let next: string | undefined;
    for (;;) {
      const response = await this.transport.get(
        pathOf(collection, {
          ...(limit && { limit: String(limit) }),
          ...(next && { continue: next }),
        }),
        signal,
      );
      const page = listSchema.safeParse(
        this.parse(await this.transport.text(response, maxPageBytes)),
      );
      if (!page.success) {
        throw this.transport.unexpected(
          `no list of ${collection.plural}`,
          page.error,
        );
      }
      items.push(...(page.data.items ?? []));
      if (items.length > maxObjects) {
        throw this.transport.unexpected(
          `more than ${maxObjects} ${collection.plural}`,
        );
      }
      next = page.data.metadata.continue || undefined;
      if (!next) {
        return { items, resourceVersion: page.data.metadata.resourceVersion };
      }
    }
  }

  private event(line: string): KubernetesWatchEvent {
    const event = eventSchema.safeParse(this.parse(line));
    if (!event.success) {
      throw this.transport.unexpected('an unknown event', event.error);
    }
    const { type: name, object } = event.data;
    if (name === 'ERROR') {
      const status = statusSchema.safeParse(object);
      throw this.transport.refused(
        status.data?.code ?? 500,
        status.data?.message ?? undefined,
      );
    }
    const type = TYPES[name];
    const versioned = versionedSchema.safeParse(object);
    if (!type || !versioned.success) {
      throw this.transport.unexpected(`an unknown event '${name}'`);
    }
    const { resourceVersion } = versioned.data.metadata;
    return { type, object, resourceVersion };
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw this.transport.unexpected("what isn't JSON", cause);
    }
  }

  private late(what: string, timeoutMs: number): KubernetesError {
    return new KubernetesError(
      'unreachable',
      `The Kubernetes API of ${
        this.cluster
      } did not complete a ${what} in time (${timeoutMs / 1000} s)`,
    );
  }
}

function pathOf(
  { group, version, plural, namespace, fieldSelector }: KubernetesCollection,
  query: Record<string, string>,
): string {
  const root = group === '' ? '/api' : `/apis/${group}`;
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const search = new URLSearchParams({
    ...query,
    ...(fieldSelector && { fieldSelector }),
  });
  return `${root}/${version}${scope}/${plural}?${search}`;
}
