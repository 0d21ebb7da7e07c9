import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';

export interface RawRequest {
  method?: string;
  /** Path with query, sent unchanged: neither normalized nor encoded. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  timeoutMs?: number;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The media type as sent, with its parameters. */
  type: string;
  text: string;
  /** The parsed body, or the text if it isn't JSON. */
  body: unknown;
}

/** Which server certificates to trust. */
export interface Trust {
  /** Certificate authorities in PEM, in addition to the well-known ones. */
  ca?: string;
  /** Accepts any certificate. */
  insecure?: boolean;
}

const TIMEOUT_MS = 90_000;

/**
 * HTTP as it is on the wire: redirects aren't followed, paths aren't
 * normalized, and no status is an error.
 */
export class RawHttp {
  readonly #base: URL;
  readonly #agent: HttpAgent;
  readonly #secure: boolean;

  constructor(baseUrl: string, trust: Trust = {}) {
    this.#base = new URL(baseUrl);
    this.#secure = this.#base.protocol === 'https:';
    this.#agent = this.#secure
      ? new HttpsAgent({
          keepAlive: true,
          ca: trust.ca && [...getCACertificates('default'), trust.ca],
          rejectUnauthorized: !trust.insecure,
        })
      : new HttpAgent({ keepAlive: true });
  }

  get url(): string {
    return this.#base.href.replace(/\/+$/, '');
  }

  /** Sends a request and reads the whole response. */
  async send(options: RawRequest): Promise<RawAnswer> {
    const { message } = await this.open(options, {
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(Buffer.from(chunk));
    }
    const text = Buffer.concat(chunks).toString('utf8');
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      type: message.headers['content-type'] ?? '',
      text,
      body: parsed(text),
    };
  }

  /** Sends a request and resolves when the response head arrives. */
  open(
    options: RawRequest,
    limits: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<{ message: IncomingMessage }> {
    const { method = 'GET', headers = {}, body } = options;
    const send = this.#secure ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(
        {
          host: this.#base.hostname.replace(/^\[|\]$/g, ''),
          port: this.#base.port || undefined,
          method,
          path: `${this.#base.pathname.replace(/\/+$/, '')}${options.path}`,
          headers: {
            ...headers,
            ...(body === undefined
              ? {}
              : { 'content-length': String(Buffer.byteLength(body)) }),
          },
          agent: this.#agent,
          signal: limits.signal,
        },
        message => resolve({ message }),
      );
      if (limits.timeoutMs !== undefined) {
        const { timeoutMs } = limits;
        request.setTimeout(timeoutMs, () =>
          request.destroy(
            new Error(
              `no answer within ${timeoutMs / 1000} s to ${method} ${this.url}${
                options.path
              }`,
            ),
          ),
        );
      }
      request.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed the kept-alive connection at the same moment.
        if (request.reusedSocket && error.code === 'ECONNRESET') {
          resolve(this.open(options, limits));
          return;
        }
        reject(
          new Error(`${method} ${this.url}${options.path} failed`, {
            cause: error,
          }),
        );
      });
      request.end(body);
    });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
