import { at, text } from '../http/json';
import type { RawHttp } from '../http/RawHttp';

/** A line of a stream, with its arrival time. */
export interface StreamLine {
  /** Milliseconds since the epoch. */
  at: number;
  line: string;
}

/** An application event. */
export interface StreamEvent {
  at: number;
  /** ADDED, MODIFIED or DELETED. */
  type: string;
  application: unknown;
}

/** Everything a stream has sent so far, line by line. */
export class EventStream {
  readonly openedAt = Date.now();
  readonly lines: StreamLine[] = [];
  /** The response's HTTP status. Undefined until the response head arrives. */
  status?: number;
  type?: string;
  /** The server ended the body. */
  ended = false;
  /** Why the request failed or the body broke off. */
  error?: Error;
  readonly #abort = new AbortController();

  static open(
    http: RawHttp,
    path: string,
    headers: Record<string, string>,
  ): EventStream {
    const stream = new EventStream();
    stream.#read(http, path, headers).catch((error: Error) => {
      if (!stream.#abort.signal.aborted) {
        stream.error = error;
      }
    });
    return stream;
  }

  private constructor() {}

  /** All application events so far. */
  events(name?: string): StreamEvent[] {
    return this.lines.flatMap(({ at: when, line }) => {
      const json = line.startsWith('data: ') ? line.slice(6) : line;
      if (!json.startsWith('{')) {
        return [];
      }
      const result = at(parse(json), 'result');
      const application = at(result, 'application');
      const matches =
        application !== undefined &&
        (name === undefined || at(application, 'metadata', 'name') === name);
      return matches
        ? [{ at: when, type: text(at(result, 'type')), application }]
        : [];
    });
  }

  /** The comments that only show that the stream is alive. */
  heartbeats(): StreamLine[] {
    return this.lines.filter(({ line }) => line.startsWith(':'));
  }

  /** Nothing has arrived yet, not even a response head. */
  get silent(): boolean {
    return this.status === undefined && this.lines.length === 0;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(
    http: RawHttp,
    path: string,
    headers: Record<string, string>,
  ): Promise<void> {
    const { message } = await http.open(
      { path, headers },
      { signal: this.#abort.signal },
    );
    this.status = message.statusCode;
    this.type = message.headers['content-type'];
    message.setEncoding('utf8');
    let rest = '';
    for await (const chunk of message) {
      const parts = `${rest}${chunk}`.split('\n');
      rest = parts.pop() ?? '';
      const now = Date.now();
      this.lines.push(...parts.map(line => ({ at: now, line })));
    }
    if (rest) {
      this.lines.push({ at: Date.now(), line: rest });
    }
    this.ended = true;
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
