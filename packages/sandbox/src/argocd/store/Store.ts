import { randomUUID } from 'node:crypto';
import { restoreLiveObject, type LiveObject } from '../cluster/types';
import {
  asArray,
  asNumber,
  asObject,
  asString,
  at,
  isObject,
  type Obj,
} from '../json';
import { timestamp } from '../time';
import type { Application, AppProject } from '../types';
import { applicationKey, ApplicationStore } from './ApplicationStore';
import { Collection } from './Collection';
import { Journal } from './Journal';
import { authorMeta } from './parseApplication';

/**
 * A request to make rollouts of an application fail, until it is cleared or
 * used up.
 */
export interface RolloutFailure {
  /** Limits the failure to rollouts of an image that contains this text. */
  image?: string;
  /** Milliseconds since the epoch; absent if the failure doesn't expire. */
  until?: number;
  /**
   * The workload and pod template that fail; the workload's next template
   * succeeds.
   */
  caught?: string;
  /** Makes hooks fail instead of pods. */
  hooks?: boolean;
}

/** All state that survives a restart of the process. */
export class Store {
  readonly journal: Journal;
  readonly applications: ApplicationStore;
  readonly projects: Collection<AppProject>;
  readonly objects: Collection<LiveObject>;
  /** Kubernetes events by application key. */
  readonly events: Collection<Obj[]>;
  /** Requested failures by the application's instance name. */
  readonly failures: Collection<RolloutFailure>;
  /** The key that signs sessions. */
  readonly settings: Collection<string>;
  #version = 0;

  /** @param namespace - Argo CD's own */
  constructor(folder: string, readonly namespace: string) {
    this.journal = new Journal(folder);
    this.applications = new ApplicationStore(this.journal, () =>
      this.nextVersion(),
    );
    this.projects = new Collection('projects', this.journal, value => ({
      metadata: {
        uid: '',
        resourceVersion: '1',
        generation: 1,
        creationTimestamp: '',
        ...asObject(at(value, 'metadata')),
        name: asString(at(value, 'metadata', 'name')) ?? '',
        namespace,
      },
      spec: asObject(at(value, 'spec')),
      status: {},
    }));
    this.objects = new Collection('objects', this.journal, restoreLiveObject);
    this.events = new Collection('events', this.journal, value =>
      asArray(value).filter(isObject),
    );
    this.failures = new Collection('failures', this.journal, value => ({
      image: asString(at(value, 'image')),
      until: asNumber(at(value, 'until')),
      caught: asString(at(value, 'caught')),
      hooks: at(value, 'hooks') === true,
    }));
    this.settings = new Collection('settings', this.journal, asString);
  }

  /** The cluster's change counter. */
  get version(): string {
    return String(this.#version);
  }

  /**
   * The number of a write. Taken from the clock in microseconds, so that
   * numbers go on rising after a restart.
   */
  nextVersion(): string {
    this.#version = Math.max(this.#version + 1, Date.now() * 1000);
    return this.version;
  }

  /** Restores the state from the journal. */
  open(): void {
    this.journal.open();
    this.nextVersion();
  }

  /**
   * The name that an application uses to track its resources: `<name>`, or
   * `<namespace>_<name>` outside of Argo CD's namespace.
   */
  instanceOf({ metadata: { namespace, name } }: Application): string {
    return namespace === this.namespace ? name : `${namespace}_${name}`;
  }

  /** The key of the application with this instance name. */
  keyOfInstance(instance: string): string {
    const [namespace, name] = instance.includes('_')
      ? instance.split('_', 2)
      : [this.namespace, instance];
    return applicationKey(namespace, name);
  }

  projectOf({ spec }: Application): AppProject | undefined {
    return this.projects.get(spec.project);
  }

  /** Creates or updates a project. */
  putProject(input: unknown): AppProject {
    const name = asString(at(input, 'metadata', 'name')) ?? '';
    const before = this.projects.get(name)?.metadata;
    const project: AppProject = {
      metadata: {
        name,
        namespace: this.namespace,
        uid: before?.uid ?? randomUUID(),
        resourceVersion: this.nextVersion(),
        generation: (before?.generation ?? 0) + 1,
        creationTimestamp: before?.creationTimestamp ?? timestamp(),
        ...authorMeta(at(input, 'metadata')),
      },
      spec: asObject(at(input, 'spec')),
      status: {},
    };
    this.projects.put(name, project);
    return project;
  }
}
