import { ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../../backoff';
import { toError } from '../../toError';
import type { OciRegistryConfig } from '../config';
import { errorOfAnswer } from './errors';
import { type HttpAnswer, MAX_MANIFEST_BYTES, sendHttp } from '../http';
import { OciAuth } from './OciAuth';

/**
 * Times of the client, in milliseconds.
 *
 * @public
 */
export interface OciTimes {
  /** The longest time without a byte of an answer. */
  requestMs: number;
  /** The limit for one complete answer. */
  totalMs: number;
  /** Base of the pause before a retry; it doubles each time. */
  pauseMs: number;
  /**
   * The longest accepted pause. If a registry demands a longer one, the request
   * fails.
   */
  maxPauseMs: number;
}

const DEFAULT_TIMES: OciTimes = {
  requestMs: 30_000,
  totalMs: 120_000,
  pauseMs: 500,
  maxPauseMs: 30_000,
};
const ATTEMPTS = 4;
const MAX_TOKEN_BYTES = 1024 * 1024;

/** A request below `/v2/<repository>/`. */
export interface OciRequest {
  repository: string;
  /**
   * Below the repository, or the URL of the next page that the registry
   * returned.
   */
  path: string | URL;
  method?: 'GET' | 'HEAD';
  accept?: string[];
  /** The largest answer to read. Default: the limit for manifests. */
  maxBytes?: number;
  /**
   * The content is checked by its digest, so it may come from a storage
   * elsewhere.
   */
  isBlob?: boolean;
  /** 1 means no retry. */
  attempts?: number;
  signal?: AbortSignal;
}

/**
 * HTTP to a registry by the OCI distribution specification: sign-in, timeouts,
 * retries that respect `Retry-After`, and typed errors with the registry's own
 * message.
 */
export class OciClient {
  static create(options: {
    registry: OciRegistryConfig;
    times?: Partial<OciTimes>;
  }): OciClient {
    return new OciClient(options.registry, {
      ...DEFAULT_TIMES,
      ...options.times,
    });
  }

  private readonly auth: OciAuth;

  private constructor(
    private readonly registry: OciRegistryConfig,
    private readonly times: OciTimes,
  ) {
    this.auth = OciAuth.create({
      registry,
      send: (url, headers) =>
        sendHttp(url, {
          headers,
          idleMs: times.requestMs,
          totalMs: times.totalMs,
          maxBytes: MAX_TOKEN_BYTES,
        }),
    });
  }

  /** The URL of a request. */
  urlOf({ repository, path }: Pick<OciRequest, 'repository' | 'path'>): URL {
    return path instanceof URL
      ? path
      : new URL(`${this.registry.url}/v2/${repository}/${path}`);
  }

  /**
   * Returns the successful answer. Throws a `NotFoundError`,
   * `AuthenticationError`, `NotAllowedError` or `ServiceUnavailableError`.
   */
  async send(request: OciRequest): Promise<HttpAnswer> {
    const { attempts = ATTEMPTS, signal } = request;
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const outcome = await this.attempt(request);
      if ('answer' in outcome) {
        return outcome.answer;
      }
      const { error, retryAfterMs } = outcome;
      const pauseMs =
        retryAfterMs ?? backoff(attempt, { firstMs: this.times.pauseMs });
      if (
        attempt >= attempts ||
        !(error instanceof ServiceUnavailableError) ||
        pauseMs > this.times.maxPauseMs
      ) {
        throw error;
      }
      await sleep(pauseMs, undefined, { signal });
    }
  }

  private async attempt(
    request: OciRequest,
  ): Promise<{ answer: HttpAnswer } | { error: Error; retryAfterMs?: number }> {
    const url = this.urlOf(request);
    try {
      const answer = await this.signedIn(url, request);
      return answer.status === 200
        ? { answer }
        : {
            error: errorOfAnswer(
              `${request.method ?? 'GET'} ${url.host}${url.pathname}`,
              answer.status,
              answer.body.toString(),
            ),
            retryAfterMs: parseRetryAfter(answer.headers.get('retry-after')),
          };
    } catch (error) {
      request.signal?.throwIfAborted();
      return { error: toError(error) };
    }
  }

  private async signedIn(url: URL, request: OciRequest): Promise<HttpAnswer> {
    const { repository, method, accept, signal } = request;
    for (let isAgain = false; ; isAgain = true) {
      const authorization = await this.auth.authorize(repository, signal);
      const answer = await sendHttp(url, {
        method,
        headers: {
          ...(accept && { accept: accept.join(', ') }),
          ...(authorization && { authorization }),
        },
        idleMs: this.times.requestMs,
        totalMs: this.times.totalMs,
        maxBytes: request.maxBytes ?? MAX_MANIFEST_BYTES,
        followsRedirects: request.isBlob,
        signal,
      });
      const isWorthMore =
        answer.status === 401 &&
        !answer.isRedirected &&
        this.auth.challenged(
          repository,
          answer.headers.get('www-authenticate'),
          authorization,
        );
      if (isAgain || !isWorthMore) {
        return answer;
      }
    }
  }
}

/** In milliseconds; undefined if the header is missing or malformed. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) {
    return undefined;
  }
  const milliseconds = /^\d+$/.test(header.trim())
    ? Number(header) * 1000
    : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
