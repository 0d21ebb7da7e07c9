import { randomUUID } from 'node:crypto';
import type { LiveObject } from '../cluster/types';
import { asObject, asString, at, type Obj } from '../json';
import { timestamp } from '../time';
import type { Application, AppProject } from '../types';
import { applicationKey, ApplicationStore } from './ApplicationStore';
import { Collection } from '../../store/Collection';
import { StateFile } from '../../store/StateFile';
import { authorMeta } from './parseApplication';

/**
 * A request to make rollouts of an application fail, until it is cleared or
 * used up.
 */
export interface RolloutFailure {
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
  readonly file: StateFile;
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

  /** Restores the state in a folder. */
  constructor(
    folder: string,
    /** Argo CD's own. */
    readonly namespace: string,
  ) {
    this.file = new StateFile(folder);
    this.applications = new ApplicationStore(this.file, () =>
      this.nextVersion(),
    );
    this.projects = new Collection('projects', this.file);
    this.objects = new Collection('objects', this.file);
    this.events = new Collection('events', this.file);
    this.failures = new Collection('failures', this.file);
    this.settings = new Collection('settings', this.file);
    this.nextVersion();
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
