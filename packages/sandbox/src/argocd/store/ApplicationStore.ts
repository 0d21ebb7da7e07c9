import { randomUUID } from 'node:crypto';
import { jsonEqual } from '../json';
import { trackedBy } from '../manifest';
import { timestamp } from '../time';
import type { Application, ObjectMeta } from '../types';
import { Collection } from '../../store/Collection';
import type { StateFile } from '../../store/StateFile';
import {
  authorMeta,
  emptyStatus,
  type ApplicationInput,
} from './parseApplication';

export interface ApplicationEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  app: Application;
  /** The state before a modification. */
  before?: Application;
}

export function applicationKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

export function keyOfApp({ metadata }: Application): string {
  return applicationKey(metadata.namespace, metadata.name);
}

/** All applications, with an event for each change. */
export class ApplicationStore {
  readonly #apps: Collection<Application>;
  readonly #listeners = new Set<(event: ApplicationEvent) => void>();
  #sortedKeys: string[] | undefined;

  constructor(file: StateFile, private readonly nextVersion: () => string) {
    this.#apps = new Collection('applications', file);
  }

  get(key: string): Application | undefined {
    return this.#apps.get(key);
  }

  /** All applications, ordered by name as Argo CD lists them. */
  sorted(): Application[] {
    this.#sortedKeys ??= this.#apps
      .values()
      .sort(
        ({ metadata: a }, { metadata: b }) =>
          compare(a.name, b.name) || compare(a.namespace, b.namespace),
      )
      .map(keyOfApp);
    return this.#sortedKeys.flatMap(key => this.get(key) ?? []);
  }

  /**
   * The applications that another one manages (app-of-apps), by that
   * application's instance name.
   */
  managedBy(instance: string): Application[] {
    return this.#apps.values().filter(app => parentOf(app) === instance);
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
        resourceVersion: this.nextVersion(),
        generation: 1,
        creationTimestamp: existing?.creationTimestamp ?? timestamp(),
        ...authorMeta(input),
      },
      spec: input.spec,
      status: existing?.status ?? emptyStatus(),
    };
    this.#sortedKeys = undefined;
    this.#put('ADDED', app);
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
    const after = before && change(before);
    if (!before || !after || jsonEqual(before, after)) {
      return before;
    }
    // As recorded: any change outside of metadata starts a new generation.
    const sameBody =
      before.spec === after.spec &&
      before.status === after.status &&
      before.operation === after.operation;
    const next: Application = {
      ...after,
      metadata: {
        ...after.metadata,
        resourceVersion: this.nextVersion(),
        generation: before.metadata.generation + (sameBody ? 0 : 1),
      },
    };
    this.#put('MODIFIED', next, before);
    return next;
  }

  /** Sets what the author of an application writes. */
  write(key: string, input: ApplicationInput): Application | undefined {
    return this.update(key, app => ({
      ...app,
      metadata: { ...app.metadata, ...authorMeta(input) },
      spec: jsonEqual(app.spec, input.spec) ? app.spec : input.spec,
    }));
  }

  delete(key: string): void {
    const app = this.get(key);
    if (app) {
      this.#sortedKeys = undefined;
      this.#apps.delete(key);
      const resourceVersion = this.nextVersion();
      const metadata = { ...app.metadata, resourceVersion };
      this.#emit({ type: 'DELETED', app: { ...app, metadata } });
    }
  }

  #put(
    type: ApplicationEvent['type'],
    app: Application,
    before?: Application,
  ): void {
    this.#apps.put(keyOfApp(app), app);
    this.#emit({ type, app, before });
  }

  #emit(event: ApplicationEvent): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }
}

/** The instance name of the app-of-apps that manages an application. */
export function parentOf({ metadata }: Application): string | undefined {
  const { namespace, name, annotations } = metadata;
  return trackedBy(
    { group: 'argoproj.io', kind: 'Application', namespace, name },
    annotations,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
