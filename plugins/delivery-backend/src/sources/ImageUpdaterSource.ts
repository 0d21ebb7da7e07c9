import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Application,
  ImageUpdaterResource,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationWatchListener,
  ArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  keepManagers,
  replaceImageUpdaters,
} from '../store/operations/imageUpdaters/imageUpdaters';
import { addToOutbox } from '../store/operations/outbox/outbox';
import { isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';
import type { Duty } from './Leader';
import { Loop } from './Loop';

const CONCURRENCY = 4;
/** Twice in a cycle of the Image Updater, which writes their status in each; but no less often than this. */
const READ_AT_LEAST_EVERY_MS = 60_000;

/**
 * Reads the Image Updater's resources through Argo CD, from the applications
 * that manage some: one request for each of those, so that no rights in
 * Kubernetes are needed. It hears from the watch which applications these are.
 *
 * @internal
 */
export class ImageUpdaterSource implements Duty {
  static create(options: {
    client: ArgoCdClient;
    database: DeliveryDatabase;
    tracker: Tracker;
    logger: LoggerService;
    outboxFilled: () => void;
    /** How often the Image Updater looks; default two minutes. */
    updaterIntervalMs?: number;
  }): ImageUpdaterSource {
    return new ImageUpdaterSource(options);
  }

  /** Applications that manage such resources, by key. */
  private readonly managers = new Map<
    string,
    Pick<Application, 'ref' | 'project' | 'resources'>
  >();
  /** Keys of applications of which it isn't known whether they manage some. */
  private unreadKeys: string[] = [];
  private isListed = false;
  /** All that is stored was observed since the start. */
  private isObserved = false;
  private loop?: Loop;

  private constructor(
    private readonly options: Parameters<typeof ImageUpdaterSource.create>[0],
  ) {}

  start(): void {
    const {
      client,
      logger,
      updaterIntervalMs = 2 * READ_AT_LEAST_EVERY_MS,
    } = this.options;
    const everyMs = Math.min(updaterIntervalMs / 2, READ_AT_LEAST_EVERY_MS);
    this.loop = Loop.start({
      name: `Reading the ImageUpdater resources in Argo CD '${client.instance}'`,
      logger,
      delay: () => everyMs,
      run: signal => this.read(signal),
    });
  }

  async stop(): Promise<void> {
    const { loop } = this;
    this.loop = undefined;
    await loop?.stop();
    this.isListed = false;
    this.isObserved = false;
    this.managers.clear();
    this.unreadKeys = [];
  }

  /** A listener that hears what `listener` hears, for the watch to tell. */
  listening(listener: ApplicationWatchListener): ApplicationWatchListener {
    return {
      ...listener,
      onList: async (applications, seenAt, unread) => {
        await listener.onList(applications, seenAt, unread);
        this.managers.clear();
        this.unreadKeys = unread.map(applicationKey);
        applications.forEach(application => this.note(application));
        this.isListed = true;
        this.loop?.kick();
      },
      onChanged: async (application, seenAt) => {
        await listener.onChanged(application, seenAt);
        if (this.note(application)) {
          this.loop?.kick();
        }
      },
      onDeleted: async (ref, seenAt) => {
        await listener.onDeleted(ref, seenAt);
        this.managers.delete(applicationKey(ref));
      },
    };
  }

  /** Whether it manages more or fewer than before. */
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

  private async read(signal: AbortSignal): Promise<void> {
    if (!this.isListed) {
      return;
    }
    const { client, database, tracker, outboxFilled } = this.options;
    const limit = pLimit(CONCURRENCY);
    const managers = [...this.managers];
    const kept = [...this.managers.keys(), ...this.unreadKeys];
    const changes = await Promise.all(
      managers.map(([key, manager]) =>
        limit(() => this.readManaged(key, manager, signal)),
      ),
    );
    if (signal.aborted) {
      return;
    }
    const removed = await database.transaction(tx =>
      keepManagers(tx, client.instance, kept),
    );
    // Another process may have ended between storing and observing.
    const changed = [
      ...removed,
      ...changes.flatMap(read =>
        this.isObserved ? read.changed : [...read.changed, ...read.updaters],
      ),
    ];
    if (changed.length > 0) {
      await tracker.observeImageUpdaters({
        instance: client.instance,
        changed,
        seenAt: isoNow(),
      });
      // Which pages it concerns follows from the policies: all look again.
      await database.transaction(tx =>
        addToOutbox(tx, { keys: [], appeared: false, instances: true }),
      );
      outboxFilled();
    }
    this.isObserved = true;
  }

  /** What can't be read stays as it was last read. */
  private async readManaged(
    key: string,
    { ref, project }: Pick<Application, 'ref' | 'project'>,
    signal: AbortSignal,
  ): Promise<Record<'updaters' | 'changed', ImageUpdaterResource[]>> {
    const { client, database, logger } = this.options;
    if (signal.aborted) {
      return { updaters: [], changed: [] };
    }
    try {
      const updaters = await client.resources.imageUpdaters(ref, {
        project,
        signal,
      });
      const changed = await database.transaction(tx =>
        replaceImageUpdaters(tx, {
          instance: client.instance,
          manager: key,
          updaters,
        }),
      );
      return { updaters, changed };
    } catch (error) {
      if (!signal.aborted) {
        logger.debug(
          `The ImageUpdater resources of ${ref.name} in Argo CD '${client.instance}' can't be read: ${error}`,
        );
      }
      return { updaters: [], changed: [] };
    }
  }
}
