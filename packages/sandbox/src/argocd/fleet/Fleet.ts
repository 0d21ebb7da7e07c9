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

/** Applications changed before others get their turn. */
const BATCH = 100;
/** From one event of a promotion to the next, about. */
const BETWEEN_EVENTS_SECONDS = 0.25;
/** Timers are no finer. */
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

/** An event of the fleet, as it was sent. */
export interface SentEvent {
  namespace: string;
  name: string;
  resourceVersion: string;
  /** Milliseconds since the epoch, just before it went to the streams. */
  at: number;
}

/** How often events come. */
export interface Stirring {
  /** Events a second, over all applications. */
  rate: number;
  seconds: number;
}

/**
 * Many applications without Git, registry or pods behind them, to see how
 * clients bear the number. They are Argo CD's to the outside, but its controller
 * leaves them alone, so that they cost nothing while they rest.
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

  /** Ends promotions that the end of the last process cut off. */
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
   * Makes the fleet so many applications, by creating those that are missing and
   * deleting those that are too many. With none, its project goes as well.
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
   * so that events come at the given rate; tells each one that is sent. Those
   * that were begun are brought to their end. There is one stirring at a time: a
   * new one, or a change of size, ends the one before.
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

  /** What the commit of a fleet application says; undefined for others. */
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
