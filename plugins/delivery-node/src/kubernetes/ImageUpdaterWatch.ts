import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  IMAGE_UPDATER_GROUP,
  type ImageUpdaterResource,
} from '@landfall/backstage-plugin-delivery-common';
import { decodeImageUpdater } from '../argocd/decode';
import { FailureLog } from '../FailureLog';
import { toError } from '../toError';
import { CollectionWatch, type KubernetesWatchTimes } from './CollectionWatch';
import { KubernetesError } from './errors';
import {
  decodeUpdateEvent,
  UPDATE_EVENTS,
  type UpdateEvent,
  withUpdateEvents,
} from './reportedUpdates';
import type { KubernetesClient } from './types';

/** @public */
export interface ImageUpdaterWatchOptions {
  client: KubernetesClient;
  /** Absent: all namespaces. */
  namespaces?: readonly string[];
  /**
   * Called when something changed that decides what the Image Updater does, or
   * whether it can be read. Its regular reports are no such change.
   */
  onChanged: () => void;
  logger: LoggerService;
  times?: Partial<KubernetesWatchTimes>;
}

/**
 * Watches the ImageUpdater resources of a cluster, and the events by which the
 * Image Updater reports updates of applications. The events are optional: without
 * the right to read them, there are only the resources.
 *
 * @public
 */
export class ImageUpdaterWatch {
  static start(options: ImageUpdaterWatchOptions): ImageUpdaterWatch {
    return new ImageUpdaterWatch(options);
  }

  private readonly updaters: CollectionWatch<ImageUpdaterResource>[];
  private readonly events: CollectionWatch<UpdateEvent>[];
  private readonly log: FailureLog;

  private constructor(private readonly options: ImageUpdaterWatchOptions) {
    const { client, namespaces, logger, times, onChanged } = options;
    this.log = FailureLog.create(logger);
    const scopes = namespaces?.map(namespace => ({ namespace })) ?? [{}];
    this.updaters = scopes.map(scope =>
      CollectionWatch.start<ImageUpdaterResource>({
        client,
        collection: {
          group: IMAGE_UPDATER_GROUP,
          version: 'v1alpha1',
          plural: 'imageupdaters',
          ...scope,
        },
        decode: decodeImageUpdater,
        onChanged: (before, after) => {
          if (!before || !after || decisive(before) !== decisive(after)) {
            onChanged();
          }
        },
        logger,
        times,
      }),
    );
    this.events = scopes.map(scope =>
      CollectionWatch.start<UpdateEvent>({
        client,
        collection: {
          group: '',
          version: 'v1',
          plural: 'events',
          fieldSelector: UPDATE_EVENTS,
          ...scope,
        },
        decode: decodeUpdateEvent,
        onChanged: () => {},
        logger,
        times,
      }),
    );
  }

  /** Whether all resources were listed once, or couldn't be. */
  get hasAnswered(): boolean {
    return this.updaters.every(watch => watch.hasAnswered);
  }

  /**
   * The resources as they were last received, with reported updates; undefined
   * until all were listed once.
   *
   * @throws KubernetesError while they can't be read
   */
  read(): ImageUpdaterResource[] | undefined {
    const found: ImageUpdaterResource[] = [];
    for (const watch of this.updaters) {
      const updaters = watch.read();
      if (!updaters) {
        return undefined;
      }
      found.push(...updaters);
    }
    return withUpdateEvents(found, this.readEvents());
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.updaters, ...this.events].map(watch => watch.stop()),
    );
  }

  private readEvents(): UpdateEvent[] {
    const { cluster } = this.options.client;
    try {
      const found = this.events.flatMap(watch => watch.read() ?? []);
      this.log.succeeded(
        cluster,
        `The events of Image Updater in ${cluster} can be read again`,
      );
      return found;
    } catch (thrown) {
      const error = toError(thrown);
      const code = error instanceof KubernetesError ? error.code : 'unexpected';
      this.log.failed(
        cluster,
        code,
        `The events of Image Updater in ${cluster} can't be read, so which application an update is of isn't known: ${error.message}`,
      );
      return [];
    }
  }
}

function decisive({ spec, error }: ImageUpdaterResource): string {
  return JSON.stringify([spec, error]);
}
