import { randomUUID } from 'node:crypto';
import type { Obj } from '../json';
import { keyOfApp } from '../store/ApplicationStore';
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
  constructor(private readonly store: Store) {}

  list(key: string): Obj[] {
    return this.store.events.get(key) ?? [];
  }

  record(app: Application, reason: string, message: string): void {
    const source = { component: 'argocd-application-controller' };
    this.add(app, { reason, message, source });
  }

  /** Adds what the API server adds to an event, and returns the result. */
  add(app: Application, event: Obj, metadata: Obj = {}): Obj {
    const { name, namespace, uid, resourceVersion } = app.metadata;
    const time = timestamp();
    const id = randomUUID();
    const full: Obj = {
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type: 'Normal',
      eventTime: null,
      ...event,
      metadata: {
        name: `${name}.${id.slice(0, 8)}`,
        ...metadata,
        namespace,
        uid: id,
        resourceVersion: this.store.nextVersion(),
        creationTimestamp: time,
      },
      involvedObject: {
        kind: 'Application',
        apiVersion: APPLICATION_API_VERSION,
        namespace,
        name,
        uid,
        resourceVersion,
      },
    };
    const key = keyOfApp(app);
    this.store.events.put(key, [...this.list(key), full].slice(-KEPT));
    return full;
  }
}
