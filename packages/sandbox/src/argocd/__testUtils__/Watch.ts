import { asArray, asObject, asString, at, isObject, type Obj } from '../json';

/**
 * Summarizes an event in one line: operation, phase, sync, health, image tags,
 * last history id.
 */
export function summary(app: Obj): string {
  const images = asArray(at(app, 'status', 'summary', 'images')).map(image =>
    String(image).split(':').pop(),
  );
  const history = asArray(at(app, 'status', 'history'));
  const phase = asString(at(app, 'status', 'operationState', 'phase')) ?? '-';
  return [
    isObject(app.operation) ? 'operation' : 'idle',
    phase,
    asString(at(app, 'status', 'sync', 'status')) || '-',
    asString(at(app, 'status', 'health', 'status')) ?? '-',
    images.join('+') || 'none',
    history.length ? `h${at(history[history.length - 1], 'id')}` : 'h-',
  ].join(' ');
}

/**
 * Whether an application is in the expected state after a sync: Succeeded,
 * Synced, Healthy, and only this tag.
 */
export function settled(tag: string): (app: Obj) => boolean {
  return app => {
    const text = summary(app);
    return text.startsWith(`idle Succeeded Synced Healthy ${tag} `);
  };
}

/** Collects the events of a stream as they arrive. */
export class Watch {
  readonly events: { type: string; app: Obj }[] = [];
  readonly #controller: AbortController;
  #waiting: (() => void)[] = [];

  private constructor(controller: AbortController) {
    this.#controller = controller;
  }

  static async open(url: string, as = 'admin'): Promise<Watch> {
    const controller = new AbortController();
    const watch = new Watch(controller);
    const response = await fetch(url, {
      signal: controller.signal,
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${as}-token`,
      },
    });
    watch.#read(response).catch(() => {});
    return watch;
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let buffer = '';
    for await (const chunk of response.body ?? []) {
      buffer += decoder.decode(chunk, { stream: true });
      const lines = buffer.split('\n');
      buffer = lines.pop() ?? '';
      for (const line of lines.filter(l => l.startsWith('data: '))) {
        const event: unknown = JSON.parse(line.slice(6));
        this.events.push({
          type: asString(at(event, 'result', 'type')) ?? '',
          app: asObject(at(event, 'result', 'application')),
        });
      }
      this.#waiting.forEach(check => check());
    }
  }

  /** Resolves once some event satisfies a condition. */
  async until(
    condition: (event: { type: string; app: Obj }) => boolean,
  ): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(
              `no such event among\n${this.events
                .map(e => summary(e.app))
                .join('\n')}`,
            ),
          ),
        15_000,
      );
      const check = () => {
        if (this.events.some(condition)) {
          clearTimeout(timer);
          this.#waiting = this.#waiting.filter(other => other !== check);
          resolve();
        }
      };
      this.#waiting.push(check);
      check();
    });
  }

  close(): void {
    this.#controller.abort();
  }
}
