import { RawHttp, type RawAnswer, type Trust } from '../http/RawHttp';
import { text, at } from '../http/json';
import { EventStream } from './EventStream';

/** `null` means anonymous: no Authorization header. */
export type Bearer = string | null;

export interface CallOptions {
  /** Default: the suite's own account. */
  as?: Bearer;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/** Argo CD's REST API. Returns every response as it is, errors included. */
export class RawArgoCd {
  /** Signs in if there is no token. */
  static async connect(options: {
    url: string;
    trust: Trust;
    token?: string;
    login?: { username: string; password: string };
  }): Promise<RawArgoCd> {
    const http = new RawHttp(options.url, options.trust);
    if (options.token !== undefined) {
      return new RawArgoCd(http, options.token);
    }
    const answer = await http.send({
      method: 'POST',
      path: '/api/v1/session',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(options.login ?? {}),
    });
    const token = text(at(answer.body, 'token'));
    if (answer.status !== 200 || !token) {
      throw new Error(
        `signing in to ${options.url} was answered by ${answer.status} ${answer.text}`,
      );
    }
    return new RawArgoCd(http, token);
  }

  private constructor(private readonly http: RawHttp, readonly token: string) {}

  get url(): string {
    return this.http.url;
  }

  get(path: string, options: CallOptions = {}): Promise<RawAnswer> {
    return this.call('GET', path, options);
  }

  post(
    path: string,
    body: unknown,
    options: CallOptions = {},
  ): Promise<RawAnswer> {
    return this.call('POST', path, { ...options, body });
  }

  call(
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<RawAnswer> {
    const { body, timeoutMs } = options;
    return this.http.send({
      method,
      path,
      timeoutMs,
      headers: {
        ...this.authorization(options.as),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** A request with exactly the given headers and body, plus the account. */
  bare(options: {
    method: string;
    path: string;
    headers?: Record<string, string>;
    body?: string;
  }): Promise<RawAnswer> {
    return this.http.send({
      ...options,
      headers: { ...this.authorization(undefined), ...options.headers },
    });
  }

  /**
   * Opens a stream. Returns at once, since nothing may arrive for a long time.
   */
  stream(
    path: string,
    options: { as?: Bearer; accept?: string } = {},
  ): EventStream {
    return EventStream.open(this.http, path, {
      ...this.authorization(options.as),
      accept: options.accept ?? 'text/event-stream',
    });
  }

  close(): void {
    this.http.close();
  }

  private authorization(as: Bearer | undefined): Record<string, string> {
    const bearer = as === undefined ? this.token : as;
    return bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  }
}
