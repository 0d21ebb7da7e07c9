import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, fetch, type Response } from 'undici';
import { unlessAborted } from '../../abort';
import type { ArgoCdAuth } from './auth';
import { createDispatcher } from './dispatcher';
import {
  ArgoCdError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from './errors';
import { errorOfResponse } from './errorOfResponse';
import { type Query, queryString } from './query';
import { reasonOf } from '../../reasonOf';

/** Times of the client, in milliseconds. */
export interface ArgoCdTimeouts {
  connectMs: number;
  /** From the call to the whole answer, retries included. */
  requestMs: number;
  /** For reads that make Argo CD reconcile first; they hang while its controller is away. */
  refreshMs: number;
  /** Base of the pause before a read is tried again. */
  retryPauseMs: number;
}

export const DEFAULT_TIMEOUTS: ArgoCdTimeouts = {
  connectMs: 10_000,
  requestMs: 30_000,
  refreshMs: 60_000,
  retryPauseMs: 250,
};

export interface ArgoCdRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** `none`: no token is sent. */
  auth?: 'none';
}

const READ_ATTEMPTS = 3;

/**
 * HTTP to one Argo CD instance: its own connections and certificate
 * authorities, tokens, timeouts, retries of reads, and typed errors.
 */
export class ArgoCdHttp {
  static create(options: {
    instance: string;
    /** Base URL without a trailing slash. */
    url: string;
    /** Certificate authorities in PEM, on top of those that Node trusts. */
    ca?: string;
    timeouts: ArgoCdTimeouts;
    random: () => number;
  }): ArgoCdHttp {
    return new ArgoCdHttp(
      options,
      createDispatcher({
        url: options.url,
        ca: options.ca,
        connectMs: options.timeouts.connectMs,
      }),
    );
  }

  private auth?: { read: ArgoCdAuth; write: ArgoCdAuth };

  private constructor(
    private readonly options: Parameters<typeof ArgoCdHttp.create>[0],
    private readonly agent: Dispatcher,
  ) {}

  /**
   * Set apart from `create`, because a session signs in through this client. Every
   * request but a GET is a write, so no operation can take the wrong one.
   */
  useAuth(auth: { read: ArgoCdAuth; write: ArgoCdAuth }): void {
    this.auth = auth;
  }

  /** The parsed body of a successful answer. */
  async json(request: ArgoCdRequest): Promise<unknown> {
    return this.read(request, async response =>
      JSON.parse(await this.text(response)),
    );
  }

  /**
   * What `consume` makes of a successful answer. It is called again for an answer
   * that is cut off; a `SyntaxError` that it throws says that the answer isn't JSON.
   */
  async read<T>(
    request: ArgoCdRequest,
    consume: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { requestMs, retryPauseMs } = this.options.timeouts;
    const timeoutMs = request.timeoutMs ?? requestMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;
    const attempts = (request.method ?? 'GET') === 'GET' ? READ_ATTEMPTS : 1;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.attempt(request, signal, consume);
        } catch (error) {
          if (attempt >= attempts || signal.aborted || !isTransient(error)) {
            throw error;
          }
          const pause =
            retryPauseMs * 2 ** (attempt - 1) * (0.5 + this.options.random());
          await sleep(pause, undefined, { signal });
        }
      }
    } catch (error) {
      request.signal?.throwIfAborted();
      if (timeout.aborted) {
        throw new ArgoCdUnreachableError(
          `Argo CD '${this.options.instance}' did not answer ${
            request.method ?? 'GET'
          } ${request.path} within ${timeoutMs / 1000} s`,
          { instance: this.options.instance, cause: error },
        );
      }
      throw error;
    }
  }

  /**
   * The successful answer to a request for events, whose body is still to be
   * read. Waits without a limit, because Argo CD sends nothing, not even
   * headers, before the first event.
   */
  async events(request: ArgoCdRequest): Promise<Response> {
    return this.authorized(request, request.signal, 'text/event-stream');
  }

  /** The body of an answer, as it comes in. */
  async *bytes(response: Response): AsyncGenerator<Uint8Array> {
    try {
      yield* response.body ?? [];
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** Turns what reading a body threw into an `ArgoCdError`. */
  unreachable(error: unknown): ArgoCdError {
    if (error instanceof ArgoCdError) {
      return error;
    }
    return new ArgoCdUnreachableError(
      `Argo CD '${this.options.instance}' at ${
        this.options.url
      } can't be reached: ${reasonOf(error)}`,
      { instance: this.options.instance, cause: error },
    );
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async attempt<T>(
    request: ArgoCdRequest,
    signal: AbortSignal,
    consume: (response: Response) => Promise<T>,
  ): Promise<T> {
    const response = await this.authorized(request, signal, 'application/json');
    try {
      return await consume(response);
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        throw error;
      }
      throw new ArgoCdUnexpectedResponseError(
        `Argo CD '${this.options.instance}' answered ${
          request.method ?? 'GET'
        } ${
          request.path
        } with something that isn't JSON: is the instance's url right?`,
        {
          instance: this.options.instance,
          status: response.status,
          cause: error,
        },
      );
    }
  }

  private async authorized(
    request: ArgoCdRequest,
    signal: AbortSignal | undefined,
    accept: string,
  ): Promise<Response> {
    const auth = this.authOf(request);
    const token = await unlessAborted(signal, auth?.token());
    try {
      return await this.send(request, { signal, accept, token });
    } catch (error) {
      if (
        auth &&
        token !== undefined &&
        error instanceof ArgoCdUnauthenticatedError &&
        (await unlessAborted(signal, auth.refused(token)))
      ) {
        return this.send(request, {
          signal,
          accept,
          token: await unlessAborted(signal, auth.token()),
        });
      }
      throw error;
    }
  }

  private authOf({ auth, method }: ArgoCdRequest): ArgoCdAuth | undefined {
    if (auth === 'none') {
      return undefined;
    }
    return (method ?? 'GET') === 'GET' ? this.auth?.read : this.auth?.write;
  }

  private async send(
    request: ArgoCdRequest,
    options: { signal?: AbortSignal; accept: string; token?: string },
  ): Promise<Response> {
    const method = request.method ?? 'GET';
    const path = `${request.path}${queryString(request.query)}`;
    let response: Response;
    try {
      response = await fetch(`${this.options.url}${path}`, {
        method,
        dispatcher: this.agent,
        redirect: 'manual',
        signal: options.signal,
        headers: {
          accept: options.accept,
          ...(options.token
            ? { authorization: `Bearer ${options.token}` }
            : {}),
          // Exactly this: with a charset behind it, Argo CD answers 415.
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined
          ? {}
          : { body: JSON.stringify(request.body) }),
      });
    } catch (error) {
      options.signal?.throwIfAborted();
      throw this.unreachable(error);
    }
    if (response.status === 200) {
      return response;
    }
    throw errorOfResponse({
      instance: this.options.instance,
      method,
      path,
      status: response.status,
      body: await this.text(response),
      location: response.headers.get('location') ?? undefined,
    });
  }

  private async text(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw this.unreachable(error);
    }
  }
}

/** An internal error that Argo CD itself reports (with a code) stays one when asked again. */
function isTransient(error: unknown): boolean {
  return (
    error instanceof ArgoCdUnreachableError ||
    (error instanceof ArgoCdUnexpectedResponseError &&
      error.code === undefined &&
      (error.status ?? 0) >= 500)
  );
}
