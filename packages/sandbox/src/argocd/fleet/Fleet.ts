import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { putProject } from '../api/projects';
import type { RevisionMetadata } from '../git/GitRepositories';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import { type Application, IN_CLUSTER } from '../types';
import { fleetApplication } from './fleetApplication';
import {
  FLEET,
  latestHistoryId,
  membersOf,
  nameOf,
  revisionOf,
  tagOf,
} from './member';
import { PROMOTION, settled } from './promotion';

/** Number of applications changed before other work gets its turn. */
const BATCH = 100;
/** Approximate time between two events of a promotion. */
const BETWEEN_EVENTS_SECONDS = 0.25;
/** Timers have no finer resolution. */
const TICK_MS = 2;

const PROJECT = {
  metadata: { name: FLEET },
  spec: {
    description: 'Applications at rest, to see how clients bear their number',
    sourceRepos: ['*'],
    sourceNamespaces: [FLEET],
    destinations: [{ server: IN_CLUSTER, namespace: `${FLEET}-*` }],
  },
};

/** An event that the fleet has sent. */
export interface SentEvent {
  namespace: string;
  name: string;
  resourceVersion: string;
  /**
   * Milliseconds since the epoch, taken just before it was sent to the streams.
   */
  at: number;
}

/** How often and how long events are emitted. */
export interface Stirring {
  /** Events per second, across all applications. */
  rate: number;
  seconds: number;
}

/**
 * Many applications without Git, registry or pods, to test how clients cope
 * with their number. To clients they look like any other application, but Argo
 * CD's controller skips them, so they cost nothing while they rest.
 */
export class Fleet {
  readonly #store: Store;
  readonly #controllerNamespace: string;
  readonly #now: () => number;
  #next = 0;
  #stirring: AbortController | undefined;

  constructor(options: {
    store: Store;
    controllerNamespace: string;
    now: () => number;
  }) {
    this.#store = options.store;
    this.#controllerNamespace = options.controllerNamespace;
    this.#now = options.now;
  }

  /** Completes promotions that the end of the last process interrupted. */
  start(): void {
    for (const name of this.names()) {
      this.#store.applications.update(applicationKey(FLEET, name), app =>
        settled(app, this.#now()),
      );
    }
  }

  stop(): void {
    this.#stirring?.abort();
  }

  names(): string[] {
    return this.#store.applications
      .sorted()
      .flatMap(({ app: { metadata } }) =>
        metadata.namespace === FLEET ? [metadata.name] : [],
      );
  }

  /**
   * Resizes the fleet: creates missing applications and deletes surplus ones.
   * With size 0, it deletes the project as well.
   */
  async resize(size: number, environments: string[]): Promise<void> {
    const { applications, projects } = this.#store;
    this.#stirring?.abort();
    const members = membersOf(size, environments);
    const wanted = new Set(members.map(nameOf));
    for (const [index, name] of this.names().entries()) {
      if (!wanted.has(name)) {
        applications.delete(applicationKey(FLEET, name));
      }
      await this.#breathe(index);
    }
    if (size === 0) {
      projects.delete(FLEET);
      return;
    }
    if (!projects.get(FLEET)) {
      putProject(this.#store, PROJECT, this.#controllerNamespace, this.#now());
    }
    for (const [index, member] of members.entries()) {
      if (!applications.get(applicationKey(FLEET, nameOf(member)))) {
        const { input, ...existing } = fleetApplication(member, this.#now());
        applications.create(input, FLEET, existing);
      }
      await this.#breathe(index);
    }
  }

  /**
   * Promotes a new image into one application after another, several at a time,
   * so that events are emitted at the given rate. Reports each event that is
   * sent. Promotions that have begun are completed. Only one call runs at a
   * time: a new call, or a resize, ends the previous one.
   */
  async stir(
    { rate, seconds }: Stirring,
    onSent: (event: SentEvent) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    this.#stirring?.abort();
    const stirring = new AbortController();
    this.#stirring = stirring;
    const isOver = () => stirring.signal.aborted || signal?.aborted;
    const names = this.names();
    const atOnce = Math.min(
      names.length,
      Math.max(1, Math.round(rate * BETWEEN_EVENTS_SECONDS)),
    );
    const underWay: { key: string; step: number }[] = [];
    const begin = Date.now();
    for (let sent = 0; names.length && !isOver(); ) {
      const elapsed = (Date.now() - begin) / 1000;
      if (sent > elapsed * rate) {
        await sleep(TICK_MS);
      } else {
        while (elapsed < seconds && underWay.length < atOnce) {
          const name = names[this.#next++ % names.length];
          underWay.push({ key: applicationKey(FLEET, name), step: 0 });
        }
        const current = underWay.shift();
        if (!current) {
          return;
        }
        this.#advance(current.key, current.step, onSent);
        sent += 1;
        if (current.step + 1 < PROMOTION.length) {
          underWay.push({ ...current, step: current.step + 1 });
        }
      }
    }
    for (const { key } of underWay) {
      this.#store.applications.update(key, app => settled(app, this.#now()));
    }
  }

  /**
   * The commit metadata of a fleet application; undefined for other
   * applications.
   */
  metadata(app: Application, revision: string): RevisionMetadata | undefined {
    const { metadata, status } = app;
    if (metadata.namespace !== FLEET) {
      return undefined;
    }
    const entry = status.history?.find(one => one.revision === revision);
    const id = entry?.id ?? latestHistoryId(app) + 1;
    if (revision !== revisionOf(metadata.name, id)) {
      return undefined;
    }
    const at = entry
      ? Date.parse(entry.deployStartedAt) - 20_000
      : this.#now() - 1000;
    const [image = ''] = status.summary.images ?? [];
    const name = image.slice(image.indexOf('/') + 1, image.lastIndexOf(':'));
    return {
      author: 'argocd-image-updater <noreply@argoproj.io>',
      date: timestamp(at),
      message:
        id === 0
          ? `Add ${metadata.name}`
          : `build: automatic update of ${
              metadata.name
            }\n\nupdates image ${name} tag '${tagOf(id - 1)}' to '${tagOf(
              id,
            )}'`,
    };
  }

  #advance(
    key: string,
    step: number,
    onSent: (event: SentEvent) => void,
  ): void {
    const { applications } = this.#store;
    const at = Date.now();
    const before = applications.get(key);
    const after = applications.update(key, app =>
      PROMOTION[step](app, this.#now()),
    );
    if (after && after !== before) {
      const { namespace, name, resourceVersion } = after.metadata;
      onSent({ namespace, name, resourceVersion, at });
    }
  }

  async #breathe(index: number): Promise<void> {
    if (index % BATCH === BATCH - 1) {
      await setImmediate();
    }
  }
}
