import { randomUUID } from 'node:crypto';
import type { Obj } from '../json';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import { APPLICATION_API_VERSION, type Application } from '../types';

/**
 * Number of events kept per application; Kubernetes drops events after an hour.
 */
const KEPT = 40;

/**
 * Records Kubernetes events about applications as Argo CD's controller and the
 * updater write them.
 */
export class EventRecorder {
  readonly #store: Store;
  readonly #now: () => number;
  #count = 0;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  list(key: string): Obj[] {
    return this.#store.events.get(key) ?? [];
  }

  record(app: Application, reason: string, message: string): void {
    const { name, namespace } = app.metadata;
    const time = timestamp(this.#now());
    this.add(`${namespace}/${name}`, {
      metadata: {
        name: `${name}.${(this.#now() * 1000 + this.#count++).toString(16)}`,
        namespace,
        uid: randomUUID(),
        resourceVersion: this.#store.versions.next(),
        creationTimestamp: time,
      },
      involvedObject: {
        kind: 'Application',
        namespace,
        name,
        uid: app.metadata.uid,
        apiVersion: APPLICATION_API_VERSION,
        resourceVersion: app.metadata.resourceVersion,
      },
      reason,
      message,
      source: { component: 'argocd-application-controller' },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type: 'Normal',
      eventTime: null,
    });
  }

  add(key: string, event: Obj): void {
    this.#store.events.put(key, [...this.list(key), event].slice(-KEPT));
  }

  /**
   * Records what changed between two states of an application, in the
   * controller's words.
   */
  transition(before: Application, after: Application): void {
    const { sync, health } = before.status;
    if (sync.status !== after.status.sync.status) {
      this.record(
        after,
        'ResourceUpdated',
        `Updated sync status: ${sync.status} -> ${after.status.sync.status}`,
      );
    }
    if (health.status !== after.status.health.status) {
      this.record(
        after,
        'ResourceUpdated',
        `Updated health status: ${health.status ?? ''} -> ${
          after.status.health.status
        }`,
      );
    }
  }
}
