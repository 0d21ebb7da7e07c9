import {
  type ApplicationView,
  isSettled,
  summaryOf,
  viewOf,
} from '../argocd/application';
import type { EventStream } from '../argocd/EventStream';
import type { RawArgoCd } from '../argocd/RawArgoCd';
import { at } from '../http/json';
import type { RawAnswer } from '../http/RawHttp';
import { Difference } from '../runner/Expectation';
import type { Timeout } from '../runner/Timeout';

/** An application that the suite created. */
export class TestApplication {
  constructor(
    private readonly argocd: RawArgoCd,
    private readonly timeout: Timeout,
    readonly name: string,
    readonly project: string,
  ) {}

  get path(): string {
    return `/api/v1/applications/${this.name}`;
  }

  /** @throws Difference if it can't be read */
  async read(): Promise<ApplicationView> {
    const answer = await this.argocd.get(
      `${this.path}?project=${this.project}`,
    );
    if (answer.status !== 200) {
      throw new Difference(`reading ${this.name}`, {
        expected: 200,
        got: `${answer.status} ${answer.text}`,
      });
    }
    return viewOf(answer.body);
  }

  /** Polls until a condition holds. */
  until(
    what: string,
    condition: (view: ApplicationView) => boolean,
  ): Promise<ApplicationView> {
    return this.timeout.until(
      `${this.name} ${what}`,
      () => this.read(),
      condition,
      { show: summaryOf },
    );
  }

  /**
   * Waits until no operation runs, the application is synced and healthy, and
   * only these images are live.
   */
  settled(...images: string[]): Promise<ApplicationView> {
    return this.until(
      `is settled${images.length ? ` with ${images.join(', ')}` : ''}`,
      view =>
        isSettled(view) &&
        (images.length === 0 || view.images.join() === images.sort().join()),
    );
  }

  /** Has Argo CD refresh from Git, and resolves to the refreshed state. */
  async refresh(): Promise<ApplicationView> {
    const { body } = await this.argocd.get(
      `${this.path}?refresh=normal&project=${this.project}`,
    );
    return viewOf(body);
  }

  /**
   * Opens a watch of the application. Argo CD never sends what happens between
   * the replay and its subscription of the stream, so this waits for an event
   * that a refresh triggers.
   */
  async watch(): Promise<EventStream> {
    const stream = this.argocd.stream(
      `/api/v1/stream/applications?name=${this.name}`,
    );
    try {
      await this.timeout.until(
        `${this.name} has an event in its stream`,
        async () => {
          await this.refresh();
          return stream.events();
        },
        events => events.some(({ type }) => type === 'MODIFIED'),
        { show: events => events.length },
      );
    } catch (error) {
      stream.close();
      throw error;
    }
    return stream;
  }

  sync(body: object = {}): Promise<RawAnswer> {
    return this.argocd.post(`${this.path}/sync`, {
      project: this.project,
      ...body,
    });
  }

  /**
   * Starts a sync and waits until its operation has ended, whatever its result.
   */
  async synced(body: object = {}): Promise<ApplicationView> {
    const answer = await this.sync(body);
    await this.accepted(answer, 'the sync');
    return this.finished(answer);
  }

  /**
   * Waits until no operation is requested or running.
   *
   * @param after - the response to the operation request: reads come from a
   * cache and may briefly be older
   */
  finished(after?: RawAnswer): Promise<ApplicationView> {
    const since = versionOf(after?.body) || 0;
    return this.until(
      'has ended its operation',
      view =>
        versionOf(view.raw) >= since &&
        !view.operating &&
        view.phase !== undefined &&
        !['Running', 'Terminating'].includes(view.phase),
    );
  }

  rollback(body: object): Promise<RawAnswer> {
    return this.argocd.post(`${this.path}/rollback`, body);
  }

  /** @throws Difference unless the request was accepted */
  async accepted(answer: RawAnswer, what: string): Promise<void> {
    if (answer.status !== 200) {
      throw new Difference(`${what} of ${this.name}`, {
        expected: 200,
        got: `${answer.status} ${answer.text}`,
      });
    }
  }
}

/** As a number, since Kubernetes counts versions up. */
function versionOf(application: unknown): number {
  return Number(at(application, 'metadata', 'resourceVersion'));
}
