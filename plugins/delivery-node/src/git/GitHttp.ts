import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type {
  GitHttpRequest,
  GitHttpResponse,
  HttpClient,
} from 'isomorphic-git';
import { reasonOf } from '../reasonOf';
import { type GitLimits, MEGABYTE } from './limits';

const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 5;
const REFS = '/info/refs';

/**
 * The HTTP client of one Git operation, which sends its requests one after
 * another. isomorphic-git's own client has no timeout, can't be cancelled and
 * follows redirects to any host.
 *
 * A request ends when the signal aborts, when the host is silent for too long,
 * or when the answer is too large. Redirects are only followed within the
 * origin, so that credentials and requests never reach a host that nobody
 * configured.
 */
export class GitHttp implements HttpClient {
  readonly #limits: GitLimits;
  readonly #signal: AbortSignal;
  readonly #rewrite: (body: Buffer) => Buffer;
  readonly #end = new AbortController();
  readonly #idle: NodeJS.Timeout;
  #host = '';
  #failure: unknown;
  /** Old and new URL prefix of a repository that moved within its host. */
  #moved: { from: string; to: string } | undefined;

  /**
   * @param options.signal - ends every request, even in the middle of an answer
   * @param options.rewrite - changes the body of a request before it is sent
   */
  static create(options: {
    limits: GitLimits;
    signal: AbortSignal;
    rewrite?: (body: Buffer) => Buffer;
  }): GitHttp {
    return new GitHttp(options);
  }

  private constructor(options: Parameters<typeof GitHttp.create>[0]) {
    this.#limits = options.limits;
    this.#signal = AbortSignal.any([options.signal, this.#end.signal]);
    this.#rewrite = options.rewrite ?? (body => body);
    this.#idle = setTimeout(() => {
      this.#end.abort(
        new ServiceUnavailableError(
          `${this.#host} was silent for ${
            this.#limits.idleMs / 1000
          } s. Try again later, or raise delivery.git.idleTimeout in the configuration.`,
        ),
      );
    }, this.#limits.idleMs);
  }

  /**
   * Why an answer could not be read to its end. isomorphic-git takes a
   * truncated answer for a short one, and a truncated list of branches for an
   * empty repository.
   */
  get failure(): unknown {
    return this.#failure;
  }

  /** Ends everything that is still open, such as an unread answer. */
  close(): void {
    clearTimeout(this.#idle);
    this.#end.abort(new Error('The Git operation has ended'));
  }

  /** Called by isomorphic-git, without `this`. */
  request = async (request: GitHttpRequest): Promise<GitHttpResponse> => {
    const { method = 'GET', headers = {} } = request;
    const body = request.body && this.#rewrite(await collect(request.body));
    let url = this.#currentUrl(request.url);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await this.#send(url, { method, headers, body });
      const location = response.headers.get('location');
      if (!REDIRECTS.includes(response.status) || !location) {
        return {
          url,
          method,
          statusCode: response.status,
          statusMessage: response.statusText,
          headers: Object.fromEntries(response.headers),
          body: this.#read(response),
        };
      }
      await response.body?.cancel();
      url = this.#follow(url, location, method);
    }
    throw new InputError(
      `${this.#host} redirected ${MAX_REDIRECTS} times in a row`,
    );
  };

  async #send(
    url: string,
    init: { method: string; headers: Record<string, string>; body?: Buffer },
  ): Promise<Response> {
    this.#host = new URL(url).host;
    this.#idle.refresh();
    try {
      return await fetch(url, {
        ...init,
        headers: { 'user-agent': 'git/landfall', ...init.headers },
        redirect: 'manual',
        signal: this.#signal,
      });
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async *#read(response: Response): AsyncIterableIterator<Uint8Array> {
    const { maxBytes } = this.#limits;
    let length = 0;
    try {
      for await (const chunk of response.body ?? []) {
        this.#idle.refresh();
        length += chunk.length;
        if (length > maxBytes) {
          throw new InputError(
            `The answer of ${this.#host} is larger than ${
              maxBytes / MEGABYTE
            } MB, the limit. Raise delivery.git.maxMegabytes in the configuration, or use a Git host that supports partial clones`,
          );
        }
        yield chunk;
      }
    } catch (error) {
      this.#failure ??= this.#explain(error);
      throw this.#failure;
    }
  }

  #explain(error: unknown): unknown {
    if (this.#signal.aborted) {
      return this.#signal.reason;
    }
    return error instanceof InputError
      ? error
      : new ServiceUnavailableError(
          `${this.#host} can't be reached: ${reasonOf(error)}`,
          error,
        );
  }

  #currentUrl(url: string): string {
    const { from, to } = this.#moved ?? { from: '', to: '' };
    return from && url.startsWith(from) ? to + url.slice(from.length) : url;
  }

  /** The target of a redirect; throws an `InputError` for another origin. */
  #follow(url: string, location: string, method: string): string {
    const from = new URL(url);
    const to = new URL(location, from);
    if (to.origin !== from.origin || method !== 'GET') {
      throw new InputError(
        `${from.host} redirects to ${to.origin}${to.pathname}. Redirects to other hosts aren't followed: use the repository's current URL`,
      );
    }
    // For a renamed repository, later requests go to the new URL directly.
    if (from.pathname.endsWith(REFS) && to.pathname.endsWith(REFS)) {
      this.#moved = {
        from: this.#moved?.from ?? base(from),
        to: base(to),
      };
    }
    return to.href;
  }
}

function base(url: URL): string {
  return url.origin + url.pathname.slice(0, -REFS.length);
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  // Also accepts an array, contrary to the type.
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
