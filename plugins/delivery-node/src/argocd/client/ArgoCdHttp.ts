import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, fetch, type Response } from 'undici';
import { backoff } from '../../backoff';
import { IdleTimeout, unlessAborted, withDeadline } from '../../abort';
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
import type { ArgoCdTimeouts } from './timeouts';

export interface ArgoCdRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /**
   * From the call to the complete answer, retries included. Default:
   * `requestMs`.
   */
  timeoutMs?: number;
  /**
   * The longest time without a byte of the answer. By default only `timeoutMs`
   * applies.
   */
  idleMs?: number;
  /** `none`: no token is sent. */
  auth?: 'none';
}

const READ_ATTEMPTS = 3;
/** Error messages only quote the beginning of a body. */
const MAX_ERROR_BYTES = 65_536;

export interface ArgoCdHttpOptions {
  instance: string;
  /** Base URL without a trailing slash. */
  url: string;
  /** Certificate authorities in PEM, in addition to the well-known ones. */
  ca?: string;
  timeouts: ArgoCdTimeouts;
  random: () => number;
}

/**
 * HTTP for one Argo CD instance: separate connections and certificate
 * authorities, tokens, timeouts, retries of reads, and typed errors.
 */
export class ArgoCdHttp {
  static create(options: ArgoCdHttpOptions): ArgoCdHttp {
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
    private readonly options: ArgoCdHttpOptions,
    private readonly agent: Dispatcher,
  ) {}

  /**
   * Separate from `create`, because a session signs in through this client.
   * Every request other than GET counts as a write, so no operation can pick
   * the wrong credentials.
   */
  useAuth(auth: { read: ArgoCdAuth; write: ArgoCdAuth }): void {
    this.auth = auth;
  }

  /** The parsed body of a successful answer. */
  async json(request: ArgoCdRequest): Promise<unknown> {
    return this.read(request, async body => JSON.parse(await textOf(body)));
  }

  /**
   * Returns what `consume` makes of the body of a successful answer. An answer
   * that is cut off is requested again, and `consume` runs again. A
   * `SyntaxError` from `consume` means that the answer isn't JSON.
   */
  async read<T>(
    request: ArgoCdRequest,
    consume: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const { requestMs, retryPauseMs } = this.options.timeouts;
    const { signal, timeoutMs = requestMs, idleMs = timeoutMs } = request;
    const attempts = (request.method ?? 'GET') === 'GET' ? READ_ATTEMPTS : 1;
    const timeoutError = () =>
      this.late(request, `did not complete within ${timeoutMs / 1000} s`);
    return withDeadline(
      { signal, timeoutMs, timeoutError },
      async controller => {
        const idle = new IdleTimeout(idleMs, () =>
          controller.abort(
            this.late(request, `sent nothing for ${idleMs / 1000} s`),
          ),
        );
        for (let attempt = 1; ; attempt++) {
          try {
            return await this.attempt(
              request,
              controller.signal,
              idle,
              consume,
            );
          } catch (error) {
            if (
              attempt >= attempts ||
              controller.signal.aborted ||
              !isTransient(error)
            ) {
              throw error;
            }
          }
          const pauseMs = backoff(attempt, {
            firstMs: retryPauseMs,
            random: this.options.random,
          });
          await sleep(pauseMs, undefined, { signal: controller.signal });
        }
      },
    );
  }

  /**
   * Returns the successful answer to a request for events, with its body
   * unread. Waits without a limit, because Argo CD sends nothing before the
   * first event, not even headers.
   */
  async events(request: ArgoCdRequest): Promise<Response> {
    return this.authorized(request, request.signal, 'text/event-stream');
  }

  /** Turns an error from reading a body into an `ArgoCdError`. */
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
    idle: IdleTimeout,
    consume: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const response = await idle.wait(() =>
      this.authorized(request, signal, 'application/json'),
    );
    try {
      return await consume(idle.each(this.bytes(response)));
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
    const newToken = async () =>
      auth && unlessAborted(signal, () => auth.token());
    const token = await newToken();
    try {
      return await this.send(request, { signal, accept, token });
    } catch (error) {
      if (
        auth &&
        token !== undefined &&
        error instanceof ArgoCdUnauthenticatedError &&
        (await unlessAborted(signal, () => auth.refused(token)))
      ) {
        return this.send(request, {
          signal,
          accept,
          token: await newToken(),
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
          // Exactly this value: Argo CD answers 415 if a charset follows.
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
      body: await textOf(this.bytes(response), MAX_ERROR_BYTES),
      location: response.headers.get('location') ?? undefined,
    });
  }

  private async *bytes(response: Response): AsyncGenerator<Uint8Array> {
    try {
      yield* response.body ?? [];
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  private late(request: ArgoCdRequest, what: string): ArgoCdUnreachableError {
    const { instance } = this.options;
    return new ArgoCdUnreachableError(
      `The answer of Argo CD '${instance}' to ${request.method ?? 'GET'} ${
        request.path
      } ${what}`,
      { instance },
    );
  }
}

/** The text of a body, cut off after roughly `maxBytes`. */
async function textOf(
  body: AsyncIterable<Uint8Array>,
  maxBytes = Infinity,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) {
      break;
    }
  }
  return Buffer.concat(chunks).toString();
}

/** Argo CD's own internal errors carry a code. A retry doesn't change them. */
function isTransient(error: unknown): boolean {
  return (
    error instanceof ArgoCdUnreachableError ||
    (error instanceof ArgoCdUnexpectedResponseError &&
      error.code === undefined &&
      (error.status ?? 0) >= 500)
  );
}
