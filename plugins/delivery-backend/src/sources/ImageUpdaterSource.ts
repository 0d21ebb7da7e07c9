import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type Application,
  type ApplicationRef,
  type ImageUpdaterResource,
} from '@landfall/backstage-plugin-delivery-common';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  keepManagers,
  replaceImageUpdaters,
} from '../store/operations/imageUpdaters';
import type { Fence } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';
import { mapLimited } from '../leadership/mapLimited';
import type { ApplicationListener } from './ApplicationListener';
import { observeChangedUpdaters } from './observeChangedUpdaters';
import { ResourceFailures } from './ResourceFailures';

const CONCURRENCY = 4;
/**
 * The Image Updater writes the status of its resources in each cycle. They are
 * read twice per cycle, and at least this often.
 */
const READ_AT_LEAST_EVERY_MS = 60_000;

/** @internal */
export interface ImageUpdaterSourceOptions {
  client: ArgoCdClient;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  signalsAdded: () => void;
  /**
   * Keys of what else reads ImageUpdaters of the instance, so that this source
   * keeps what that has stored.
   */
  alsoReadFrom?: readonly string[];
  /** Length of an Image Updater cycle; default two minutes. */
  updaterIntervalMs?: number;
  metrics?: DeliveryMetrics;
}

/** What is kept of an application that manages ImageUpdater resources. */
type Manager = Pick<Application, 'ref' | 'project' | 'resources'>;

const NOTHING: Record<'updaters' | 'changed', ImageUpdaterResource[]> = {
  updaters: [],
  changed: [],
};

/**
 * Reads ImageUpdater resources through Argo CD, so that no Kubernetes permissions
 * are needed. It sends one request for each application that manages such
 * resources, and finds these applications by listening to the watch.
 *
 * @internal
 */
export class ImageUpdaterSource
  extends LoopTask
  implements ApplicationListener
{
  static create(options: ImageUpdaterSourceOptions): ImageUpdaterSource {
    return new ImageUpdaterSource(options);
  }

  /** Applications that manage ImageUpdater resources, by key. */
  private readonly managers = new Map<string, Manager>();
  private readonly failures: ResourceFailures;
  /**
   * Keys of applications that couldn't be read; they may manage ImageUpdater
   * resources, too.
   */
  private unreadKeys: string[] = [];
  private isListed = false;
  /** The last run observed all that it stored. */
  private isObserved = false;

  private constructor(private readonly options: ImageUpdaterSourceOptions) {
    super();
    this.failures = ResourceFailures.create({
      ...options,
      kind: 'image-updaters',
      subject: 'The ImageUpdater resources',
      instance: options.client.instance,
    });
  }

  async stop(): Promise<void> {
    await super.stop();
    this.isListed = false;
    this.isObserved = false;
    this.managers.clear();
    this.unreadKeys = [];
  }

  async onList(
    ...[applications, , unread]: Parameters<ApplicationListener['onList']>
  ): Promise<void> {
    this.managers.clear();
    this.unreadKeys = unread.map(applicationKey);
    applications.forEach(application => this.note(application));
    this.isListed = true;
    this.trigger();
  }

  async onChanged(application: Application): Promise<void> {
    if (this.note(application)) {
      this.trigger();
    }
  }

  async onDeleted(ref: ApplicationRef): Promise<void> {
    this.managers.delete(applicationKey(ref));
  }

  /** Returns true if the application manages more or fewer resources than before. */
  private note({ ref, project, resources }: Application): boolean {
    const key = applicationKey(ref);
    const before = this.managers.get(key)?.resources.imageUpdaters;
    if (resources.imageUpdaters) {
      this.managers.set(key, { ref, project, resources });
    } else {
      this.managers.delete(key);
    }
    return before !== resources.imageUpdaters;
  }

  protected loopOptions() {
    const {
      client,
      logger,
      metrics,
      updaterIntervalMs = 2 * READ_AT_LEAST_EVERY_MS,
    } = this.options;
    return {
      task: 'image-updaters',
      name: `Reading the ImageUpdater resources in Argo CD '${client.instance}'`,
      logger,
      metrics,
      everyMs: Math.min(updaterIntervalMs / 2, READ_AT_LEAST_EVERY_MS),
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    if (!this.isListed) {
      return;
    }
    const { client, database, alsoReadFrom = [] } = this.options;
    // A run that stores and then fails to observe leaves no difference to find.
    const { isObserved } = this;
    this.isObserved = false;
    await this.failures.load();
    const managers = [...this.managers];
    const kept = [...this.managers.keys(), ...this.unreadKeys, ...alsoReadFrom];
    const reads = await mapLimited(
      managers,
      pLimit(CONCURRENCY),
      async ([key, manager]) => {
        const read = await this.readManaged(key, manager, run.signal, fence);
        run.progress();
        return read;
      },
    );
    if (run.signal.aborted) {
      return;
    }
    const removed = await database.transaction(
      tx => keepManagers(tx, client.instance, kept),
      fence,
    );
    await this.failures.keep(kept, fence);
    // An earlier process may have ended between storing and observing, so the
    // first run observes everything.
    const changed = [
      ...removed,
      ...reads.flatMap(read =>
        isObserved ? read.changed : [...read.changed, ...read.updaters],
      ),
    ];
    await observeChangedUpdaters(
      { ...this.options, instance: client.instance },
      changed,
      fence,
    );
    this.isObserved = true;
  }

  /** If the resources can't be read, they stay as they were last read. */
  private async readManaged(
    key: string,
    { ref, project }: Manager,
    signal: AbortSignal,
    fence: Fence,
  ): Promise<typeof NOTHING> {
    const { client, database } = this.options;
    const managed = await this.failures.attempt(
      ref,
      { signal, fence },
      {
        read: () => client.resources.imageUpdaters(ref, { project, signal }),
        store: async updaters => ({
          updaters,
          changed: await database.transaction(
            tx =>
              replaceImageUpdaters(tx, {
                instance: client.instance,
                manager: key,
                updaters,
              }),
            fence,
          ),
        }),
      },
    );
    return managed ?? NOTHING;
  }
}
