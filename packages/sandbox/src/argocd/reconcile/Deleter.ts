import { instanceName } from '../manifest';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import { RESOURCES_FINALIZER, type Application } from '../types';
import { isApplicationKey, type LiveResources } from './LiveResources';
import { waveOf } from './target';
import { Stopped, type Waiter } from './Waiter';

/**
 * Deletes applications, including their resources if the finalizer requests it.
 */
export class Deleter {
  readonly #store: Store;
  readonly #live: LiveResources;
  readonly #waiter: Waiter;
  readonly #controllerNamespace: string;
  readonly #now: () => number;
  readonly #running = new Set<string>();

  constructor(options: {
    store: Store;
    live: LiveResources;
    waiter: Waiter;
    controllerNamespace: string;
    now: () => number;
  }) {
    this.#store = options.store;
    this.#live = options.live;
    this.#waiter = options.waiter;
    this.#controllerNamespace = options.controllerNamespace;
    this.#now = options.now;
  }

  /**
   * Acts like `kubectl delete`: removes an application without finalizers at
   * once, and marks others for deletion.
   */
  request(key: string): void {
    const app = this.#store.applications.get(key);
    if (!app || app.metadata.deletionTimestamp) {
      return;
    }
    if (!app.metadata.finalizers?.length) {
      this.#store.applications.delete(key);
      return;
    }
    this.#store.applications.update(key, current => ({
      ...current,
      metadata: withDeletion(current, timestamp(this.#now())),
      // Counts as a new generation.
      status: { ...current.status },
    }));
  }

  /**
   * Deletes the resources of a marked application, waits until they are gone,
   * and then removes the application.
   */
  run(key: string): void {
    if (this.#running.has(key)) {
      return;
    }
    this.#running.add(key);
    this.#delete(key)
      .catch(error => {
        if (!(error instanceof Stopped)) {
          throw error;
        }
      })
      .finally(() => this.#running.delete(key));
  }

  async #delete(key: string): Promise<void> {
    const app = this.#store.applications.get(key);
    if (!app) {
      return;
    }
    const { namespace, name, finalizers } = app.metadata;
    if (
      finalizers?.some(finalizer => finalizer.startsWith(RESOURCES_FINALIZER))
    ) {
      const instance = instanceName(namespace, name, this.#controllerNamespace);
      const resources = this.#live
        .managedBy(instance)
        .sort((a, b) => waveOf(b.manifest) - waveOf(a.manifest));
      for (const resource of resources) {
        const self =
          isApplicationKey(resource.key) &&
          resource.key.namespace === namespace &&
          resource.key.name === name;
        if (!self) {
          this.#live.delete(resource.key);
        }
      }
      await this.#waiter.until(() =>
        this.#live
          .managedBy(instance)
          .every(
            resource =>
              isApplicationKey(resource.key) && resource.key.name === name,
          ),
      );
    }
    this.#store.applications.delete(key);
  }
}

function withDeletion(app: Application, time: string): Application['metadata'] {
  const {
    name,
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    ...rest
  } = app.metadata;
  return {
    name,
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: 0,
    ...rest,
  };
}
