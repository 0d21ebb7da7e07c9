import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'undici';
import { backoff } from '../../backoff';
import { IdleTimeout, unlessAborted, withDeadline } from '../../abort';
import type { ArgoCdAuth } from './auth';
import {
  type ArgoCdError,
  ArgoCdTimeoutError,
  ArgoCdTooLargeError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from './errors';
import type { ArgoCdTimeouts } from './timeouts';
import { type ArgoCdCall, ArgoCdTransport, readText } from './ArgoCdTransport';

export interface ArgoCdRequest extends ArgoCdCall {
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
  /** The longest answer that is read. By default there is no limit. */
  maxBytes?: number;
  /** `none`: no token is sent. */
  auth?: 'none';
}

const READ_ATTEMPTS = 3;

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
 * HTTP for one Argo CD instance: tokens, timeouts and retries of reads.
 */
export class ArgoCdHttp {
  static create(options: ArgoCdHttpOptions): ArgoCdHttp {
    return new ArgoCdHttp(
      options,
      ArgoCdTransport.create({
        ...options,
        connectMs: options.timeouts.connectMs,
      }),
    );
  }

  private auth?: { read: ArgoCdAuth; write: ArgoCdAuth };

  private constructor(
    private readonly options: ArgoCdHttpOptions,
    private readonly transport: ArgoCdTransport,
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
    return this.read(request, async body =>
      JSON.parse(await readText(this.limited(request, body))),
    );
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
    return this.transport.unreachable(error);
  }

  async close(): Promise<void> {
    await this.transport.close();
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
      return await consume(idle.each(this.transport.bytes(response)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        throw error;
      }
      throw new ArgoCdUnexpectedResponseError(
        `Argo CD '${this.options.instance}' answered ${
          request.method ?? 'GET'
        } ${
          request.path
        } with something that isn't JSON. Check the instance's url`,
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
    const auth = this.authFor(request);
    const newToken = async () =>
      auth && unlessAborted(signal, () => auth.token());
    const token = await newToken();
    try {
      return await this.transport.send(request, { signal, accept, token });
    } catch (error) {
      if (
        auth &&
        token !== undefined &&
        error instanceof ArgoCdUnauthenticatedError &&
        (await unlessAborted(signal, () => auth.refused(token)))
      ) {
        return this.transport.send(request, {
          signal,
          accept,
          token: await newToken(),
        });
      }
      throw error;
    }
  }

  private async *limited(
    { method = 'GET', path, maxBytes = Infinity }: ArgoCdRequest,
    body: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const { instance } = this.options;
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length > maxBytes) {
        throw new ArgoCdTooLargeError(
          `The answer of Argo CD '${instance}' to ${method} ${path} has more than ${maxBytes} bytes`,
          { instance },
        );
      }
      yield chunk;
    }
  }

  private authFor({ auth, method }: ArgoCdRequest): ArgoCdAuth | undefined {
    if (auth === 'none') {
      return undefined;
    }
    return (method ?? 'GET') === 'GET' ? this.auth?.read : this.auth?.write;
  }

  private late(request: ArgoCdRequest, what: string): ArgoCdTimeoutError {
    const { instance } = this.options;
    return new ArgoCdTimeoutError(
      `The answer of Argo CD '${instance}' to ${request.method ?? 'GET'} ${
        request.path
      } ${what}`,
      { instance },
    );
  }
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
