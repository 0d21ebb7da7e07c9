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

/** Records Kubernetes events about applications as Argo CD writes them. */
export class EventRecorder {
  constructor(private readonly store: Store) {}

  list(key: string): Obj[] {
    return this.store.events.get(key) ?? [];
  }

  record(app: Application, reason: string, message: string): void {
    const { name, namespace, uid, resourceVersion } = app.metadata;
    const time = timestamp();
    const id = randomUUID();
    const event: Obj = {
      reason,
      message,
      source: { component: 'argocd-application-controller' },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type: 'Normal',
      eventTime: null,
      metadata: {
        name: `${name}.${id.slice(0, 8)}`,
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
    this.store.events.put(key, [...this.list(key), event].slice(-KEPT));
  }
}
