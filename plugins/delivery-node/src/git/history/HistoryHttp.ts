import type { z } from 'zod';
import { withDeadline } from '../../abort';
import { reasonOf } from '../../reasonOf';
import { HistoryError } from './HistoryError';
import { nextRequestAt } from './rateLimit';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 8_000_000;
/** How much of a refusal is quoted. */
const MAX_REASON = 500;

interface RequestOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A parsed answer. */
interface HistoryAnswer<T> {
  value: T;
  headers: Headers;
}

/**
 * Reads JSON from the APIs of Git hosts, and sends it. A host whose rate limit is used up gets
 * no request until it accepts some again. Redirects aren't followed: the
 * credentials are for the configured host alone.
 *
 * @internal
 */
export class HistoryHttp {
  static create(options: { timeoutMs?: number } = {}): HistoryHttp {
    return new HistoryHttp(options.timeoutMs ?? TIMEOUT_MS);
  }

  /** By origin, in milliseconds since 1970. */
  private readonly pausedUntil = new Map<string, number>();

  private constructor(private readonly timeoutMs: number) {}

  /** @throws HistoryError */
  get<T>(
    url: URL,
    schema: z.ZodType<T>,
    options: RequestOptions,
  ): Promise<HistoryAnswer<T>> {
    return this.ask(url, schema, options);
  }

  /**
   * Sends JSON, once: whether a request without an answer was carried out has to
   * be read.
   *
   * @throws HistoryError
   */
  post<T>(
    url: URL,
    schema: z.ZodType<T>,
    options: RequestOptions & { body: object },
  ): Promise<HistoryAnswer<T>> {
    return this.ask(url, schema, options);
  }

  private async ask<T>(
    url: URL,
    schema: z.ZodType<T>,
    options: RequestOptions & { body?: object },
  ): Promise<HistoryAnswer<T>> {
    const { origin, host, pathname } = url;
    const pausedUntil = this.pausedUntil.get(origin) ?? 0;
    if (pausedUntil > Date.now()) {
      throw rateLimited(host, pausedUntil);
    }
    const { response, text } = await this.send(url, options);
    const retryAtMs = nextRequestAt(response, Date.now());
    if (retryAtMs !== undefined) {
      this.pausedUntil.set(origin, retryAtMs);
    }
    if (options.body) {
      checkAccepted(response, url, text);
    }
    checkStatus(response, url, retryAtMs);
    const parsed = schema.safeParse(parseJson(text));
    if (!parsed.success) {
      throw new HistoryError(
        'unexpected',
        `${host}${pathname} returned something else than its API's documentation describes: ${parsed.error.message}`,
      );
    }
    return { value: parsed.data, headers: response.headers };
  }

  private async send(
    url: URL,
    options: RequestOptions & { body?: object },
  ): Promise<{ response: Response; text: string }> {
    const { host } = url;
    const { signal, headers, body } = options;
    try {
      return await withDeadline(
        {
          signal,
          timeoutMs: this.timeoutMs,
          timeoutError: () =>
            new Error(`it didn't answer within ${this.timeoutMs / 1000} s`),
        },
        async controller => {
          const response = await fetch(url, {
            headers: {
              'user-agent': 'landfall',
              accept: 'application/json',
              ...(body && { 'content-type': 'application/json' }),
              ...headers,
            },
            ...(body && { method: 'POST', body: JSON.stringify(body) }),
            redirect: 'manual',
            signal: controller.signal,
          });
          return { response, text: await readText(response) };
        },
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw new HistoryError(
        'unreachable',
        `${host} can't be reached: ${reasonOf(error)}`,
      );
    }
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES) {
      throw new Error(`its answer is larger than ${MAX_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a host refuses to make, it explains in its answer. */
function checkAccepted(
  { status }: Response,
  { host, pathname }: URL,
  text: string,
): void {
  if ([400, 409, 422].includes(status)) {
    const reason = text.replace(/\s+/g, ' ').slice(0, MAX_REASON);
    throw new HistoryError(
      'unexpected',
      `${host} refused the request to ${pathname} (${status}): ${reason}`,
    );
  }
}

function checkStatus(
  { status }: Response,
  { host, pathname }: URL,
  retryAtMs: number | undefined,
): void {
  if (status >= 200 && status < 300) {
    return;
  }
  if (retryAtMs !== undefined) {
    throw rateLimited(host, retryAtMs);
  }
  if (status === 401 || status === 403) {
    throw new HistoryError(
      'unauthorized',
      `${host} refused access to ${pathname} (${status}). Check its credentials under integrations in the configuration`,
    );
  }
  // 409: an empty repository. 422: no such revision.
  if ([404, 409, 410, 422].includes(status)) {
    throw new HistoryError(
      'not-found',
      `${host} doesn't have ${pathname} (${status}), or its credentials may not see it`,
    );
  }
  throw new HistoryError(
    status >= 500 ? 'unreachable' : 'unexpected',
    `${host} returned status ${status} for ${pathname}`,
  );
}

function rateLimited(host: string, retryAtMs: number): HistoryError {
  return new HistoryError(
    'rate-limited',
    `${host} accepts no more requests until ${new Date(
      retryAtMs,
    ).toISOString()}`,
    retryAtMs,
  );
}
