import { type Dispatcher, fetch, type Response } from 'undici';
import { z } from 'zod';
import { createDispatcher } from '../dispatcher';
import { reasonOf } from '../reasonOf';
import { withoutCredentials } from '../redact';
import { codeOfStatus, KubernetesError } from './errors';
import type { KubernetesConnection } from './types';

/** Error messages only quote the beginning of a body. */
const MAX_ERROR_BYTES = 65_536;

const statusSchema = z.object({ message: z.string() });

/**
 * Sends single requests to the Kubernetes API of one cluster. Token and
 * certificate authorities are read for each request, since Kubernetes replaces
 * those that it mounts. Every failure is a `KubernetesError`.
 */
export class KubernetesTransport {
  static create(
    connection: KubernetesConnection,
    options: { connectMs: number },
  ): KubernetesTransport {
    return new KubernetesTransport(connection, options);
  }

  private current?: { url: string; ca?: string; dispatcher: Dispatcher };

  private constructor(
    private readonly connection: KubernetesConnection,
    private readonly options: { connectMs: number },
  ) {}

  /** Returns a successful response with its body unread. */
  async get(path: string, signal: AbortSignal): Promise<Response> {
    const { url, dispatcher, headers } = await this.prepare();
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, {
        dispatcher,
        redirect: 'manual',
        signal,
        headers: { accept: 'application/json', ...headers },
      });
    } catch (error) {
      signal.throwIfAborted();
      throw this.unreachable(error);
    }
    if (response.status === 200) {
      return response;
    }
    const text = await this.text(response, MAX_ERROR_BYTES).catch(() => '');
    throw this.refused(response.status, messageIn(text));
  }

  /**
   * The text of a body.
   *
   * @throws KubernetesError if it is longer than `maxBytes`
   */
  async text(response: Response, maxBytes: number): Promise<string> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this.bytes(response)) {
      length += chunk.length;
      if (length > maxBytes) {
        throw this.unexpected(`an answer of more than ${maxBytes} bytes`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  }

  /** The body of a response, in chunks. */
  async *bytes(response: Response): AsyncGenerator<Uint8Array> {
    try {
      yield* response.body ?? [];
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** The error for an answer, or for a `Status` object in a watch. */
  refused(status: number, message?: string): KubernetesError {
    const said = message ? `: ${withoutCredentials(message)}` : '';
    return new KubernetesError(
      codeOfStatus(status),
      `The Kubernetes API of ${this.connection.name} answered with ${status}${said}`,
    );
  }

  unexpected(what: string, cause?: unknown): KubernetesError {
    return new KubernetesError(
      'unexpected',
      `The Kubernetes API of ${this.connection.name} sent ${what}`,
      { cause },
    );
  }

  unreachable(error: unknown): KubernetesError {
    return error instanceof KubernetesError
      ? error
      : new KubernetesError(
          'unreachable',
          `The Kubernetes API of ${
            this.connection.name
          } can't be reached: ${reasonOf(error)}`,
          { cause: error },
        );
  }

  async close(): Promise<void> {
    await this.current?.dispatcher.destroy();
    this.current = undefined;
  }

  private async prepare() {
    const { connection } = this;
    const url = connection.url();
    try {
      const token = await connection.token?.();
      const ca = await connection.ca?.();
      const headers: Record<string, string> = token
        ? { authorization: `Bearer ${token}` }
        : {};
      return { url, dispatcher: await this.dispatcher(url, ca), headers };
    } catch (error) {
      throw new KubernetesError(
        'not-configured',
        `The Kubernetes API of ${connection.name} can't be called: ${reasonOf(
          error,
        )}`,
        { cause: error },
      );
    }
  }

  /** Certificate authorities are part of a connection, so new ones replace it. */
  private async dispatcher(url: string, ca?: string): Promise<Dispatcher> {
    if (this.current?.url !== url || this.current.ca !== ca) {
      const { skipTlsVerify } = this.connection;
      const { connectMs } = this.options;
      const former = this.current;
      this.current = {
        url,
        ca,
        dispatcher: createDispatcher({ url, ca, connectMs, skipTlsVerify }),
      };
      // Requests in progress end by themselves.
      former?.dispatcher.close().catch(() => {});
    }
    return this.current.dispatcher;
  }
}

function messageIn(text: string): string | undefined {
  try {
    const parsed = statusSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.message : undefined;
  } catch {
    return undefined;
  }
}
