import { randomUUID } from 'node:crypto';
import { jsonEqual } from '../json';
import { TRACKING_ID } from '../manifest';
import { timestamp } from '../time';
import type { Application, ObjectMeta } from '../types';
import type { Journal, Journaled } from './Journal';
import {
  emptyStatus,
  restoreApplication,
  type ApplicationInput,
} from './parseApplication';
import type { Versions } from './Versions';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface ApplicationEvent {
  type: EventType;
  record: ApplicationRecord;
  /** The state before a modification. */
  before?: Application;
}

/**
 * An application and its JSON text. The text is created once per change and
 * shared by the journal, the lists and all streams.
 */
export class ApplicationRecord {
  readonly app: Application;
  readonly json: string;
  #listJson: string | undefined;

  constructor(app: Application, json = JSON.stringify(app)) {
    this.app = app;
    this.json = json;
  }

  /** The JSON text for lists, which omit the health of single resources. */
  get listJson(): string {
    if (this.#listJson === undefined) {
      const { app } = this;
      this.#listJson = app.status.resources
        ? JSON.stringify({
            ...app,
            status: {
              ...app.status,
              resources: app.status.resources.map(
                ({ health: _, ...resource }) => resource,
              ),
            },
          })
        : this.json;
    }
    return this.#listJson;
  }
}

export function applicationKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** All applications, with an event for each change. */
export class ApplicationStore implements Journaled {
  readonly name = 'applications';
  readonly #journal: Journal;
  readonly #versions: Versions;
  readonly #now: () => number;
  readonly #records = new Map<string, ApplicationRecord>();
  readonly #listeners = new Set<(event: ApplicationEvent) => void>();
  readonly #children = new Map<string, Set<string>>();
  #sortedKeys: string[] | undefined;

  constructor(journal: Journal, versions: Versions, now: () => number) {
    this.#journal = journal;
    this.#versions = versions;
    this.#now = now;
    journal.register(this);
  }

  restore(key: string, value: unknown): void {
    const app = restoreApplication(value);
    if (app) {
      this.#set(key, new ApplicationRecord(app));
    }
  }

  forget(key: string): void {
    this.#unset(key);
  }

  *entries(): Iterable<[string, string]> {
    for (const [key, record] of this.#records) {
      yield [key, record.json];
    }
  }

  get size(): number {
    return this.#records.size;
  }

  record(namespace: string, name: string): ApplicationRecord | undefined {
    return this.#records.get(applicationKey(namespace, name));
  }

  get(key: string): Application | undefined {
    return this.#records.get(key)?.app;
  }

  /** All applications, ordered by name as Argo CD lists them. */
  sorted(): ApplicationRecord[] {
    this.#sortedKeys ??= [...this.#records.entries()]
      .sort(
        ([, { app: a }], [, { app: b }]) =>
          compare(a.metadata.name, b.metadata.name) ||
          compare(a.metadata.namespace, b.metadata.namespace),
      )
      .map(([key]) => key);
    return this.#sortedKeys.flatMap(key => this.#records.get(key) ?? []);
  }

  /**
   * The applications that another one manages (app-of-apps), by that
   * application's tracking name.
   */
  managedBy(instance: string): Application[] {
    return [...(this.#children.get(instance) ?? [])].flatMap(
      key => this.get(key) ?? [],
    );
  }

  subscribe(listener: (event: ApplicationEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @param existing - creation time and status, for an application that
   * shouldn't look new
   */
  create(
    input: ApplicationInput,
    namespace: string,
    existing?: Pick<Application, 'status'> &
      Pick<ObjectMeta, 'creationTimestamp'>,
  ): Application {
    const app: Application = {
      metadata: {
        name: input.name,
        namespace,
        uid: randomUUID(),
        resourceVersion: this.#versions.next(),
        generation: 1,
        creationTimestamp:
          existing?.creationTimestamp ?? timestamp(this.#now()),
        labels: input.labels,
        annotations: input.annotations,
        finalizers: input.finalizers,
      },
      spec: input.spec,
      status: existing?.status ?? emptyStatus(),
    };
    this.#write('ADDED', app);
    return app;
  }

  /**
   * Replaces an application with the result of `change`, and notifies
   * listeners. Does nothing if the result is equal, or if the application no
   * longer exists.
   */
  update(
    key: string,
    change: (app: Application) => Application,
  ): Application | undefined {
    const before = this.get(key);
    if (!before) {
      return undefined;
    }
    const after = change(before);
    if (after === before || jsonEqual(before, after)) {
      return before;
    }
    // As recorded: any change outside of metadata starts a new generation.
    const sameBody =
      before.spec === after.spec &&
      before.status === after.status &&
      before.operation === after.operation;
    const next: Application = {
      metadata: {
        ...after.metadata,
        resourceVersion: this.#versions.next(),
        generation: before.metadata.generation + (sameBody ? 0 : 1),
      },
      spec: after.spec,
      status: after.status,
      ...(after.operation ? { operation: after.operation } : {}),
    };
    this.#write('MODIFIED', next, before);
    return next;
  }

  delete(key: string): void {
    const app = this.get(key);
    if (!app) {
      return;
    }
    const record = new ApplicationRecord({
      ...app,
      metadata: { ...app.metadata, resourceVersion: this.#versions.next() },
    });
    this.#unset(key);
    this.#journal.remove(this.name, key);
    this.#emit({ type: 'DELETED', record });
  }

  #write(type: EventType, app: Application, before?: Application): void {
    const key = applicationKey(app.metadata.namespace, app.metadata.name);
    const record = new ApplicationRecord(app);
    this.#set(key, record);
    this.#journal.put(this.name, key, record.json);
    this.#emit({ type, record, ...(before ? { before } : {}) });
  }

  #set(key: string, record: ApplicationRecord): void {
    const before = this.#records.get(key);
    this.#records.set(key, record);
    if (!before) {
      this.#sortedKeys = undefined;
    }
    const from = before && trackingInstance(before.app);
    const to = trackingInstance(record.app);
    if (from !== to) {
      if (from !== undefined) {
        this.#children.get(from)?.delete(key);
      }
      if (to !== undefined) {
        const children = this.#children.get(to) ?? new Set();
        children.add(key);
        this.#children.set(to, children);
      }
    }
  }

  #unset(key: string): void {
    const before = this.#records.get(key);
    const from = before && trackingInstance(before.app);
    if (from !== undefined) {
      this.#children.get(from)?.delete(key);
    }
    this.#records.delete(key);
    this.#sortedKeys = undefined;
  }

  #emit(event: ApplicationEvent): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }
}

function trackingInstance(app: Application): string | undefined {
  const { namespace, name, annotations } = app.metadata;
  const [instance, kind, id] = annotations?.[TRACKING_ID]?.split(':') ?? [];
  return kind === 'argoproj.io/Application' && id === `${namespace}/${name}`
    ? instance
    : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
