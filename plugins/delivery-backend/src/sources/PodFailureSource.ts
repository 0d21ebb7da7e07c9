import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type Application,
  type ApplicationRef,
  mayHaveFailingPods,
  type PodFailure,
} from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdClient,
  FailureLog,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';
import { mapLimited } from '../leadership/mapLimited';
import { applicationKey } from '../store/applicationKey';
import type { Fence } from '../store/fence';
import { isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import type { ApplicationListener } from './ApplicationListener';
import { podFailures, unreadyPod, warningOf } from './podFailures';

const CONCURRENCY = 4;
/** If more applications aren't well, the whole instance is affected. */
const BATCH = 100;

/** Milliseconds. */
interface PodFailureTimes {
  /** How long a rollout may take before its pods are looked at. */
  graceMs: number;
  everyMs: number;
  /** An application that stays unwell is read more and more rarely. */
  maxDelayMs: number;
}

const TIMES: PodFailureTimes = {
  graceMs: 20_000,
  everyMs: 15_000,
  maxDelayMs: 600_000,
};

/** @internal */
export interface PodFailureSourceOptions {
  client: ArgoCdClient;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  times?: PodFailureTimes;
}

/** An application that isn't well. */
interface Unwell extends Pick<Application, 'ref' | 'project'> {
  /** Its pods are read again soon once this changes. */
  state: string;
  /** Milliseconds since the epoch. */
  nextReadAt: number;
  delayMs: number;
  /** What was stored last. */
  stored?: string;
}

/**
 * Reads why the pods of unwell applications fail. The Application shows only the
 * health of its own resources: that of a Deployment whose new pods can't start is
 * Progressing for ten minutes, and then says that a deadline is exceeded.
 *
 * @internal
 */
export class PodFailureSource extends LoopTask implements ApplicationListener {
  static create(options: PodFailureSourceOptions): PodFailureSource {
    return new PodFailureSource(options);
  }

  /** By application key. */
  private readonly unwell = new Map<string, Unwell>();
  private readonly failures: FailureLog;
  private readonly times: PodFailureTimes;

  private constructor(private readonly options: PodFailureSourceOptions) {
    super();
    this.failures = FailureLog.create(options.logger);
    this.times = options.times ?? TIMES;
  }

  async stop(): Promise<void> {
    await super.stop();
    this.unwell.clear();
  }

  async onList(
    ...[applications]: Parameters<ApplicationListener['onList']>
  ): Promise<void> {
    const isDue = applications.filter(application => this.note(application));
    if (isDue.length > 0) {
      this.trigger();
    }
  }

  async onChanged(application: Application): Promise<void> {
    if (this.note(application)) {
      this.trigger();
    }
  }

  async onDeleted(ref: ApplicationRef): Promise<void> {
    this.unwell.delete(applicationKey(ref));
  }

  /** Returns true if there is something to read now. */
  private note(application: Application): boolean {
    const { ref, project, health, images, sync, operation } = application;
    const key = applicationKey(ref);
    if (!mayHaveFailingPods(application)) {
      this.unwell.delete(key);
      return false;
    }
    const state = JSON.stringify([
      health.status,
      images,
      sync.revisions,
      operation?.startedAt,
    ]);
    const known = this.unwell.get(key);
    if (known?.state === state) {
      return false;
    }
    const { graceMs, everyMs } = this.times;
    const isDegraded = health.status === 'Degraded';
    this.unwell.set(key, {
      ref,
      project,
      state,
      nextReadAt: Date.now() + (isDegraded ? 0 : graceMs),
      delayMs: everyMs,
      stored: known?.stored,
    });
    return isDegraded;
  }

  protected loopOptions() {
    const { client, logger, metrics } = this.options;
    return {
      task: 'pod-failures',
      name: `Reading failing pods from Argo CD '${client.instance}'`,
      logger,
      metrics,
      everyMs: this.times.everyMs,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const now = Date.now();
    const due = [...this.unwell]
      .filter(([, { nextReadAt }]) => nextReadAt <= now)
      .sort(([, a], [, b]) => a.nextReadAt - b.nextReadAt)
      .slice(0, BATCH);
    await mapLimited(due, pLimit(CONCURRENCY), async ([key, application]) => {
      await this.readPods(key, application, run.signal, fence);
      run.progress();
    });
  }

  private async readPods(
    key: string,
    application: Unwell,
    signal: AbortSignal,
    fence: Fence,
  ): Promise<void> {
    if (signal.aborted || this.unwell.get(key) !== application) {
      return;
    }
    const { ref, delayMs } = application;
    const failures = await this.attempt(key, application, signal);
    application.nextReadAt = Date.now() + delayMs;
    application.delayMs = Math.min(2 * delayMs, this.times.maxDelayMs);
    const read = failures && JSON.stringify(failures);
    if (!failures || read === application.stored) {
      return;
    }
    await this.options.tracker.observePodFailures(
      { kind: 'pod-failures-observed', ref, failures, seenAt: isoNow() },
      fence,
    );
    application.stored = read;
  }

  /** Undefined if they can't be read. */
  private async attempt(
    key: string,
    { ref, project }: Unwell,
    signal: AbortSignal,
  ): Promise<PodFailure[] | undefined> {
    const { client } = this.options;
    const of = `${ref.namespace}/${ref.name} of Argo CD '${client.instance}'`;
    try {
      const failures = await this.read(ref, { project, signal });
      this.failures.succeeded(key, `The pods of ${of} can be read again`);
      return failures;
    } catch (error) {
      if (!signal.aborted) {
        this.failures.failed(
          key,
          String(error),
          `The pods of ${of} can't be read, so its page doesn't show why they fail: ${error}`,
        );
      }
      return undefined;
    }
  }

  private async read(
    ref: ApplicationRef,
    options: { project: string; signal: AbortSignal },
  ): Promise<PodFailure[]> {
    const { resources } = this.options.client;
    const tree = await resources.tree(ref, options);
    const failures = podFailures(tree);
    const pod = unreadyPod(tree);
    if (failures.length > 0 || !pod) {
      return failures;
    }
    const { namespace, name, uid } = pod;
    const events = await resources.events(ref, {
      ...options,
      resource: { namespace, name, uid },
    });
    const warning = warningOf(pod, events, new Date());
    return warning ? [warning] : [];
  }
}
