import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { follow, IdleTimeout } from '../../abort';
import { backoff } from '../../backoff';
import { toError } from '../../toError';
import { ArgoCdUnreachableError } from '../client';
import type { ApplicationEvent, ArgoCdClient } from '../types';
import { brokenStreamError } from './unreadProjectError';

/** Times of the streams, in milliseconds, and the jitter. */
export interface ProjectStreamOptions {
  /** A stream that is silent for longer counts as dead. */
  silenceMs: number;
  /**
   * From reopening a stream to the request for another list: Argo CD replays
   * existing applications before it subscribes the stream to changes. A list is
   * only requested once Argo CD accepts the project's token.
   */
  settleMs: number;
  firstBackoffMs: number;
  maxBackoffMs: number;
  random: () => number;
}

export const DEFAULT_STREAM_OPTIONS: ProjectStreamOptions = {
  silenceMs: 30_000,
  settleMs: 10_000,
  firstBackoffMs: 1000,
  maxBackoffMs: 30_000,
  random: Math.random,
};

interface ProjectStreamContext {
  instance: string;
  projects: string[];
  clientOf: (project: string) => ArgoCdClient;
  /** Whether a stream of the project must begin with something. */
  hasApplications: (project: string) => boolean;
  isKnown?: Parameters<ArgoCdClient['streamApplications']>[0]['isKnown'];
  /** Why the stream of a project is broken; undefined once it works again. */
  onFailure: (project: string, error: Error | undefined) => void;
  options: ProjectStreamOptions;
}

/**
 * The streams of an instance's projects as one. A broken one is opened again,
 * while the others continue; a `gap` then asks for another list. Only when all
 * are broken does the whole fail.
 */
export class ProjectStreams {
  private readonly controller = new AbortController();
  private readonly failing = new Set<string>();
  /** Each stream waits here until its events are taken. */
  private readonly merged = new PassThrough({ objectMode: true });

  constructor(private readonly context: ProjectStreamContext) {
    // One for each stream that waits for room.
    this.merged.setMaxListeners(context.projects.length + 10);
  }

  async *events(signal: AbortSignal): AsyncGenerator<ApplicationEvent> {
    const unfollow = follow(signal, this.controller);
    const streams = Promise.allSettled(
      this.context.projects.map(project => this.keepOpen(project)),
    ).then(() => this.merged.end());
    try {
      const merged: AsyncIterable<ApplicationEvent> = this.merged;
      yield* merged;
    } finally {
      this.controller.abort();
      unfollow();
      await streams;
    }
  }

  private async keepOpen(project: string): Promise<void> {
    const { instance, projects, onFailure, options } = this.context;
    const { signal } = this.controller;
    for (let failures = 0; !signal.aborted; ) {
      const isReopened = failures > 0;
      const error = await this.readOnce(project, isReopened, () => {
        failures = 0;
      });
      if (signal.aborted) {
        return;
      }
      failures += 1;
      this.failing.add(project);
      onFailure(project, error);
      if (this.failing.size === projects.length) {
        this.merged.destroy(error);
        return;
      }
      await this.put({
        type: 'undecodable',
        error: brokenStreamError(instance, project, error),
      });
      const pauseMs = backoff(failures, {
        firstMs: options.firstBackoffMs,
        maxMs: options.maxBackoffMs,
        random: options.random,
      });
      await sleep(pauseMs, undefined, { signal });
    }
  }

  /** Resolves with the reason for which the stream ended. */
  private async readOnce(
    project: string,
    isReopened: boolean,
    onWorks: () => void,
  ): Promise<Error> {
    const { instance, clientOf, hasApplications, isKnown, options } =
      this.context;
    const controller = new AbortController();
    const unfollow = follow(this.controller.signal, controller);
    let ended = `Argo CD '${instance}' ended the stream of the project '${project}'`;
    const silence = new IdleTimeout(options.silenceMs, () => {
      ended = `The stream of the project '${project}' of Argo CD '${instance}' was silent for ${
        options.silenceMs / 1000
      } s`;
      controller.abort();
    });
    const works = () => {
      onWorks();
      this.failing.delete(project);
      this.context.onFailure(project, undefined);
    };
    const settled = isReopened
      ? this.settle(project, works, controller.signal)
      : Promise.resolve();
    const events = clientOf(project)
      .streamApplications({
        signal: controller.signal,
        projects: [project],
        isKnown,
      })
      [Symbol.asyncIterator]();
    let mustSend = hasApplications(project);
    try {
      for (;;) {
        const next = mustSend
          ? await silence.wait(() => events.next())
          : await events.next();
        if (next.done) {
          return new ArgoCdUnreachableError(ended, { instance });
        }
        if (!mustSend || this.failing.has(project)) {
          works();
        }
        mustSend = true;
        await this.put(next.value);
      }
    } catch (error) {
      return toError(error);
    } finally {
      controller.abort();
      unfollow();
      await settled;
    }
  }

  /**
   * Asks for another list once a reopened stream works. A project without
   * applications doesn't show that by its stream, which sends nothing.
   */
  private async settle(
    project: string,
    works: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { accounts } = this.context.clientOf(project);
    const right = {
      resource: 'applications',
      action: 'get',
      object: `${project}/*`,
    };
    while (!signal.aborted) {
      try {
        await sleep(this.context.options.settleMs, undefined, { signal });
        await accounts.canI(right, { signal });
        works();
        await this.put({ type: 'gap' });
        return;
      } catch {
        // The stream fails for the same reason, or this is tried again.
      }
    }
  }

  private async put(event: ApplicationEvent): Promise<void> {
    if (!this.merged.write(event)) {
      await once(this.merged, 'drain', { signal: this.controller.signal });
    }
  }
}
