import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import {
  type ApplicationWatchListener,
  type ApplicationWatchOptions,
  type ApplicationWatchStatus,
  DefaultArgoCdClient,
  SeededApplicationWatch,
} from '../argocd';
import { waitUntil } from '@landfall/testing-kit';
import { ScriptedArgoCd } from './ScriptedArgoCd';

const FAST: Partial<ApplicationWatchOptions> = {
  relistMs: 60_000,
  settleMs: 60_000,
  // Long enough for a busy machine to deliver the heartbeats between.
  silenceMs: 1_000,
  proofMs: 20,
  firstProofMs: 10,
  firstBackoffMs: 5,
  maxBackoffMs: 20,
  refreshDelayMs: 5,
};

/** Keeps what a store would keep, and every call in order. */
export class Recorder implements ApplicationWatchListener {
  readonly calls: string[] = [];
  readonly states: ApplicationWatchStatus[] = [];
  readonly revisions = new Map<string, string>();
  unread: string[] = [];
  overlapped = false;
  /** Runs during every call. */
  during: (call: string) => Promise<void> = async () => {};
  private busy = false;

  async onList(
    applications: Application[],
    _seenAt: string,
    unread: ApplicationRef[],
  ) {
    await this.call(`list ${applications.length}`);
    this.revisions.clear();
    applications.forEach(application => this.keep(application));
    this.unread = unread.map(({ name }) => name);
  }

  async onChanged(application: Application) {
    const [revision] = application.sync.revisions;
    await this.call(`changed ${application.ref.name} ${revision}`);
    this.keep(application);
  }

  async onDeleted(ref: ApplicationRef) {
    await this.call(`deleted ${ref.name}`);
    this.revisions.delete(ref.name);
  }

  async onState(status: ApplicationWatchStatus) {
    this.states.push(status);
    await this.call(`state ${status.state}`);
  }

  get data() {
    return this.calls.filter(call => !call.startsWith('state'));
  }

  get live() {
    return this.states.at(-1)?.state === 'live';
  }

  private keep({ ref, sync }: Application) {
    this.revisions.set(ref.name, sync.revisions[0]);
  }

  private async call(name: string) {
    this.overlapped ||= this.busy;
    this.busy = true;
    this.calls.push(name);
    try {
      await this.during(name);
    } finally {
      this.busy = false;
    }
  }
}

/**
 * A scripted Argo CD, a watch of it through the real client, and a recorder of
 * the watch's calls.
 */
export class WatchedArgoCd {
  static async start(logger: LoggerService): Promise<WatchedArgoCd> {
    return new WatchedArgoCd(await ScriptedArgoCd.start(), logger);
  }

  readonly listener = new Recorder();
  private readonly client: DefaultArgoCdClient;
  private running?: SeededApplicationWatch;

  private constructor(
    readonly argocd: ScriptedArgoCd,
    private readonly logger: LoggerService,
  ) {
    const { url } = argocd.server;
    this.client = DefaultArgoCdClient.create(
      {
        name: 'main',
        url,
        frontendUrl: url,
        credentials: { token: 't' },
      },
      { timeouts: { retryPauseMs: 1, requestMs: 2000 } },
    );
  }

  watch(
    options: Partial<ApplicationWatchOptions> = {},
  ): SeededApplicationWatch {
    this.running = SeededApplicationWatch.create({
      client: this.client,
      listener: this.listener,
      logger: this.logger,
      options: { ...FAST, ...options },
    });
    this.running.start();
    return this.running;
  }

  async live(
    options?: Partial<ApplicationWatchOptions>,
  ): Promise<SeededApplicationWatch> {
    const watch = this.watch(options);
    await waitUntil('the watch is live', () => this.listener.live);
    return watch;
  }

  /** Fails if two calls of the listener overlapped. */
  async stop(): Promise<void> {
    await this.running?.stop();
    await this.client.close();
    await this.argocd.stop();
    if (this.listener.overlapped) {
      throw new Error('Calls of the listener overlapped');
    }
  }
}
