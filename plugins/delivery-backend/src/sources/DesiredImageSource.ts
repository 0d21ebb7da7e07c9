import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdClient,
  FailureLog,
  type ManagedResource,
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
import { desiredImages, manifestsDigest } from './desiredImages';

const CONCURRENCY = 2;
/** What couldn't be read is read again after this time, in milliseconds. */
const RETRY_MS = 600_000;

/** @internal */
export interface DesiredImageSourceOptions {
  client: ArgoCdClient;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  retryMs?: number;
}

/** An application that somebody has to sync. */
interface OutOfSync extends Pick<Application, 'ref' | 'project'> {
  revisions: string[];
}

/**
 * Reads what Git wants (the images, and a digest of all manifests) for applications
 * that are out of sync and don't sync by themselves: once per application and revision.
 * The Application shows only how many resources differ.
 *
 * @internal
 */
export class DesiredImageSource
  extends LoopTask
  implements ApplicationListener
{
  static create(options: DesiredImageSourceOptions): DesiredImageSource {
    return new DesiredImageSource(options);
  }

  /** Applications to read, by key. */
  private readonly unread = new Map<string, OutOfSync>();
  /** The revisions that were read last, by key. */
  private readonly read = new Map<string, string>();

  private readonly failures: FailureLog;

  private constructor(private readonly options: DesiredImageSourceOptions) {
    super();
    this.failures = FailureLog.create(options.logger);
  }

  async stop(): Promise<void> {
    await super.stop();
    this.unread.clear();
    this.read.clear();
  }

  async onList(
    ...[applications]: Parameters<ApplicationListener['onList']>
  ): Promise<void> {
    applications.forEach(application => this.note(application));
    this.trigger();
  }

  async onChanged(application: Application): Promise<void> {
    if (this.note(application)) {
      this.trigger();
    }
  }

  async onDeleted(ref: ApplicationRef): Promise<void> {
    this.unread.delete(applicationKey(ref));
    this.read.delete(applicationKey(ref));
  }

  /** Returns true if there is something to read. */
  private note({ ref, project, automatedSync, sync }: Application): boolean {
    const key = applicationKey(ref);
    const { status, revisions } = sync;
    if (automatedSync || status !== 'OutOfSync') {
      this.unread.delete(key);
      this.read.delete(key);
      return false;
    }
    const known = this.unread.get(key)?.revisions.join() ?? this.read.get(key);
    if (known === revisions.join()) {
      return false;
    }
    this.unread.set(key, { ref, project, revisions });
    return true;
  }

  protected loopOptions() {
    const { client, logger, metrics, retryMs = RETRY_MS } = this.options;
    return {
      task: 'desired-images',
      name: `Reading what Git wants from Argo CD '${client.instance}'`,
      logger,
      metrics,
      everyMs: retryMs,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    await mapLimited(
      [...this.unread],
      pLimit(CONCURRENCY),
      async ([key, application]) => {
        await this.readDesired(key, application, run.signal, fence);
        run.progress();
      },
    );
  }

  private async readDesired(
    key: string,
    application: OutOfSync,
    signal: AbortSignal,
    fence: Fence,
  ): Promise<void> {
    if (signal.aborted || this.unread.get(key) !== application) {
      return;
    }
    const managed = await this.readManaged(key, application, signal);
    if (!managed) {
      return;
    }
    const { ref, revisions } = application;
    await this.options.tracker.observeDesiredImages(
      {
        kind: 'desired-images-observed',
        ref,
        revisions,
        images: desiredImages(managed),
        manifests: manifestsDigest(managed),
        seenAt: isoNow(),
      },
      fence,
    );
    this.read.set(key, revisions.join());
    if (this.unread.get(key) === application) {
      this.unread.delete(key);
    }
  }

  /** Undefined if they can't be read. */
  private async readManaged(
    key: string,
    { ref, project }: OutOfSync,
    signal: AbortSignal,
  ): Promise<ManagedResource[] | undefined> {
    const { client } = this.options;
    const of = `${ref.namespace}/${ref.name} of Argo CD '${client.instance}'`;
    try {
      const managed = await client.resources.managed(ref, { project, signal });
      this.failures.succeeded(key, `The resources of ${of} can be read again`);
      return managed;
    } catch (error) {
      if (!signal.aborted) {
        this.failures.failed(
          key,
          String(error),
          `The resources of ${of} can't be read, so its page shows only that it is out of sync: ${error}`,
        );
      }
      return undefined;
    }
  }
}
