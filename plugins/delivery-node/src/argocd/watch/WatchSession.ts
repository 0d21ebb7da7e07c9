import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { ArgoCdTimeoutError } from '../client';
import type { ApplicationEvent, ArgoCdClient } from '../types';
import type { ApplicationWatchListener } from '../watchTypes';
import { follow, IdleTimeout, unlessAborted } from '../../abort';
import { toError } from '../../toError';
import type { Deliveries } from './Deliveries';
import { KnownApplications } from './KnownApplications';
import type { ApplicationWatchOptions } from './options';
import { type ReadChange, RefreshReader } from './RefreshReader';
import { Trigger } from './Trigger';

/** The listener rejected an update: the fault isn't Argo CD's. */
export class ListenerError extends Error {}

/**
 * One connection of a watch: a list, then the stream, with further lists at
 * intervals. Ends when something fails or the server ends the stream.
 */
export class WatchSession {
  private readonly known: KnownApplications;
  private readonly refreshReader: RefreshReader;
  private readonly listTrigger = new Trigger();
  private readonly warned = new Set<string>();
  private readonly controller = new AbortController();
  private streamStarted = false;
  /**
   * Resolves when the listener has the latest list, with the milliseconds it
   * took.
   */
  private listTaken: Promise<number> = Promise.resolve(0);

  constructor(
    private readonly context: {
      client: ArgoCdClient;
      listener: ApplicationWatchListener;
      deliveries: Deliveries;
      logger: LoggerService;
      options: ApplicationWatchOptions;
      /** Argo CD answered or sent an event. */
      onReceived: () => void;
      /**
       * A list arrived; `undecodable` are the errors of what could not be
       * decoded.
       */
      onListed: (undecodable: Error[]) => void;
      /** A list arrived, and the stream is open. */
      onLive: () => void;
    },
  ) {
    this.known = new KnownApplications(context.options.now);
    this.refreshReader = new RefreshReader({
      ...context,
      known: this.known,
      onRead: change => this.report(change),
    });
  }

  /**
   * Resolves when the server ends the stream. Rejects when the signal aborts,
   * when the listener fails (with a `ListenerError`), or when Argo CD does.
   */
  async run(stop: AbortSignal): Promise<void> {
    const { signal } = this.controller;
    const unfollow = follow(stop, this.controller);
    const parts: Promise<void>[] = [];
    try {
      await this.list(signal);
      parts.push(
        this.readStream(signal),
        this.relist(signal),
        this.checkConnection(signal),
        this.refreshReader.run(signal),
      );
      await unlessAborted(signal, () => Promise.race(parts));
      // An aborted stream ends like one that the server closed.
      signal.throwIfAborted();
    } finally {
      this.controller.abort();
      unfollow();
      await Promise.allSettled(parts);
    }
  }

  requestRefresh(ref: ApplicationRef): void {
    this.refreshReader.request(ref);
  }

  listNow(): void {
    this.listTrigger.fire();
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { client, listener, options, onReceived, onListed } = this.context;
    const window = this.known.openWindow();
    try {
      const list = await client.listApplications({
        signal,
        timeoutMs: options.listTimeoutMs,
        idleTimeoutMs: options.listIdleTimeoutMs,
      });
      onReceived();
      const seenAt = this.timestamp();
      const { applications, unread, behind } = this.known.list(list, window);
      list.undecodable.forEach(({ error }) => this.warn(error));
      onListed(list.undecodable.map(({ error }) => error));
      this.listTaken = this.timed(() =>
        listener.onList(applications, seenAt, unread, list.unreadProjects),
      );
      behind.forEach(ref => this.requestRefresh(ref));
    } finally {
      this.known.closeWindow(window);
    }
  }

  /**
   * Requests no other list while the listener has yet to handle one: that would
   * hold thousands of applications twice. After a slow list, the listener gets
   * the same time for events.
   */
  private async relist(signal: AbortSignal): Promise<void> {
    const { options } = this.context;
    const rest = new Trigger();
    const taken = () => unlessAborted(signal, async () => this.listTaken);
    await this.listTrigger.wait(signal, options.settleMs);
    await taken();
    for (;;) {
      await this.list(signal);
      await this.listTrigger.wait(
        signal,
        options.relistMs * (0.9 + 0.2 * options.random()),
      );
      await rest.wait(signal, Math.min(await taken(), options.relistMs));
    }
  }

  private async readStream(signal: AbortSignal): Promise<void> {
    const { client, deliveries, options, onReceived, onLive } = this.context;
    const events = client
      .streamApplications({
        signal,
        isKnown: version => this.known.has(version),
      })
      [Symbol.asyncIterator]();
    const silence = new IdleTimeout(options.silenceMs, () =>
      this.controller.abort(this.silenceError()),
    );
    for (;;) {
      // Argo CD sends nothing before the first event. Heartbeats start with it.
      const next = this.streamStarted
        ? await silence.wait(() => events.next())
        : await events.next();
      if (next.done) {
        return;
      }
      onReceived();
      if (!this.streamStarted) {
        this.streamStarted = true;
        onLive();
      }
      this.handle(next.value);
      const before = options.now();
      await deliveries.room();
      if (options.now() - before > options.settleMs) {
        // Argo CD drops events while the stream isn't read.
        this.listTrigger.fire();
      }
    }
  }

  private async checkConnection(signal: AbortSignal): Promise<void> {
    const { client, options, onReceived, onLive } = this.context;
    const pause = new Trigger();
    const since = options.now();
    let pauseMs = options.firstProofMs;
    for (;;) {
      await pause.wait(signal, pauseMs);
      if (this.streamStarted) {
        await pause.wait(signal);
      }
      await client.version({ signal });
      onReceived();
      // Argo CD replays the listed applications at once. If none arrive,
      // something between here and Argo CD holds the stream back.
      if (
        !this.streamStarted &&
        this.known.size > 0 &&
        options.now() - since > options.silenceMs
      ) {
        throw this.silenceError();
      }
      onLive();
      pauseMs = options.proofMs;
    }
  }

  private handle(event: ApplicationEvent): void {
    switch (event.type) {
      case 'changed':
        if (this.known.changed(event.application)) {
          this.report(event);
        }
        break;
      case 'deleted':
        if (this.known.deleted(event.ref, event.uid)) {
          this.report(event);
        }
        break;
      case 'undecodable':
        this.warn(event.error);
        break;
      case 'gap':
        this.listTrigger.fire();
        break;
      default:
    }
  }

  private report(change: ReadChange): void {
    const { listener } = this.context;
    const seenAt = this.timestamp();
    this.deliver(() =>
      change.type === 'changed'
        ? listener.onChanged(change.application, seenAt)
        : listener.onDeleted(change.ref, seenAt),
    );
  }

  /** Returns how long the listener took, in milliseconds. */
  private async timed(run: () => Promise<void>): Promise<number> {
    const { now } = this.context.options;
    let begin = now();
    await this.deliver(async () => {
      begin = now();
      await run();
    });
    return now() - begin;
  }

  private async deliver(run: () => Promise<void>): Promise<void> {
    return this.context.deliveries.add(run, {
      droppable: true,
      onError: cause => {
        const { message } = toError(cause);
        this.controller.abort(new ListenerError(message, { cause }));
      },
    });
  }

  private silenceError(): ArgoCdTimeoutError {
    const { instance } = this.context.client;
    return new ArgoCdTimeoutError(
      `The stream of applications of Argo CD '${instance}' was silent for ${
        this.context.options.silenceMs / 1000
      } s`,
      { instance },
    );
  }

  private warn(error: Error): void {
    if (!this.warned.has(error.message)) {
      this.warned.add(error.message);
      this.context.logger.warn(error.message);
    }
  }

  private timestamp(): string {
    return new Date(this.context.options.now()).toISOString();
  }
}
