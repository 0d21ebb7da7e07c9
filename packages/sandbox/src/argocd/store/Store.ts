import { asArray, asNumber, asString, at, isObject, type Obj } from '../json';
import type { LiveObject } from '../cluster/types';
import { restoreLiveObject } from '../cluster/types';
import type { AppProject } from '../types';
import { ApplicationStore } from './ApplicationStore';
import { Collection } from './Collection';
import { Journal } from './Journal';
import { restoreMeta } from './parseApplication';
import { Versions } from './Versions';

/**
 * A token created through the API; it is valid as long as it is stored here.
 */
export interface StoredToken {
  id: string;
  issuedAt: number;
  expiresAt?: number;
}

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
  readonly versions: Versions;
  readonly applications: ApplicationStore;
  readonly projects: Collection<AppProject>;
  readonly objects: Collection<LiveObject>;
  /** Kubernetes events by application key. */
  readonly events: Collection<Obj[]>;
  /** API tokens by account or project role. */
  readonly tokens: Collection<StoredToken[]>;
  readonly failures: Collection<RolloutFailure>;
  /** The key that signs tokens, and when this installation was first started. */
  readonly settings: Collection<string>;

  constructor(folder: string, now: () => number) {
    this.journal = new Journal(folder);
    this.versions = new Versions(this.journal);
    this.applications = new ApplicationStore(this.journal, this.versions, now);
    this.projects = new Collection('projects', this.journal, value => ({
      metadata: restoreMeta(at(value, 'metadata')),
      spec: isObject(at(value, 'spec')) ? { ...Object(at(value, 'spec')) } : {},
      status: {},
    }));
    this.objects = new Collection('objects', this.journal, restoreLiveObject);
    this.events = new Collection('events', this.journal, value =>
      asArray(value).filter(isObject),
    );
    this.tokens = new Collection('tokens', this.journal, value =>
      asArray(value).map(token => ({
        id: asString(at(token, 'id')) ?? '',
        issuedAt: asNumber(at(token, 'issuedAt')) ?? 0,
        expiresAt: asNumber(at(token, 'expiresAt')),
      })),
    );
    this.failures = new Collection('failures', this.journal, value => ({
      image: asString(at(value, 'image')),
      until: asNumber(at(value, 'until')),
      caught: asString(at(value, 'caught')),
      hooks: at(value, 'hooks') === true,
    }));
    this.settings = new Collection('settings', this.journal, asString);
  }

  /** Restores the state from the journal. */
  open(): void {
    this.journal.open();
    this.versions.load();
  }
}
