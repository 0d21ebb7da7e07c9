import { type Dispatcher, fetch, type Response } from 'undici';
import { reasonOf } from '../../reasonOf';
import { createDispatcher } from '../../dispatcher';
import { errorOfResponse } from './errorOfResponse';
import { ArgoCdError, ArgoCdUnreachableError } from './errors';
import { type Query, queryString } from './query';

/** One HTTP request to Argo CD. */
export interface ArgoCdCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  body?: unknown;
}

export interface ArgoCdTransportOptions {
  instance: string;
  /** Base URL without a trailing slash. */
  url: string;
  /** Certificate authorities in PEM, in addition to the well-known ones. */
  ca?: string;
  /** Time limit for connecting, in milliseconds. */
  connectMs: number;
}

/** Error messages only quote the beginning of a body. */
const MAX_ERROR_BYTES = 65_536;

/**
 * Sends single requests to one Argo CD instance, over connections with the
 * instance's own certificate authorities. Every failure is an `ArgoCdError`.
 */
export class ArgoCdTransport {
  static create(options: ArgoCdTransportOptions): ArgoCdTransport {
    return new ArgoCdTransport(options, createDispatcher(options));
  }

  private constructor(
    private readonly options: ArgoCdTransportOptions,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Returns a successful response with its body unread. */
  async send(
    request: ArgoCdCall,
    options: { signal?: AbortSignal; accept: string; token?: string },
  ): Promise<Response> {
    const method = request.method ?? 'GET';
    const path = `${request.path}${queryString(request.query)}`;
    let response: Response;
    try {
      response = await fetch(`${this.options.url}${path}`, {
        method,
        dispatcher: this.dispatcher,
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
      body: await readText(this.bytes(response), MAX_ERROR_BYTES),
      location: response.headers.get('location') ?? undefined,
    });
  }

  /** The body of a response, in chunks. */
  async *bytes(response: Response): AsyncGenerator<Uint8Array> {
    try {
      yield* response.body ?? [];
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** Turns an error of the connection into an `ArgoCdError`. */
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
    await this.dispatcher.destroy();
  }
}

/** The text of a body, cut off after roughly `maxBytes`. */
export async function readText(
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
