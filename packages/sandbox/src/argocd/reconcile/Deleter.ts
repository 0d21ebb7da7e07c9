import type { Store } from '../store/Store';
import { timestamp } from '../time';
import { RESOURCES_FINALIZER } from '../types';
import {
  isApplicationKey,
  keyOfApplication,
  type LiveResources,
} from './LiveResources';
import { waveOf } from './target';
import { Stopped, type Waiter } from './Waiter';

/**
 * Deletes applications, including their resources if the finalizer requests it.
 */
export class Deleter {
  readonly #running = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly live: LiveResources,
    private readonly waiter: Waiter,
  ) {}

  /**
   * Acts like `kubectl delete`: removes an application without finalizers at
   * once, and marks others for deletion.
   */
  request(key: string): void {
    const { applications } = this.store;
    const app = applications.get(key);
    if (!app?.metadata.finalizers) {
      applications.delete(key);
    } else if (!app.metadata.deletionTimestamp) {
      applications.update(key, current => ({
        ...current,
        metadata: {
          ...current.metadata,
          deletionTimestamp: timestamp(),
          deletionGracePeriodSeconds: 0,
        },
        // Counts as a new generation.
        status: { ...current.status },
      }));
    }
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
    const { applications } = this.store;
    const app = applications.get(key);
    if (
      app?.metadata.finalizers?.some(one => one.startsWith(RESOURCES_FINALIZER))
    ) {
      const instance = this.store.instanceOf(app);
      // An app-of-apps may manage itself.
      const resources = () =>
        this.live
          .managedBy(instance)
          .filter(
            live =>
              !isApplicationKey(live.key) || keyOfApplication(live.key) !== key,
          );
      resources()
        .sort((a, b) => waveOf(b.manifest) - waveOf(a.manifest))
        .forEach(live => this.live.delete(live.key));
      await this.waiter.until(() => !resources().length);
    }
    applications.delete(key);
  }
}
