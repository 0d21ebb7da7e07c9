import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import {
  type Application,
  applicationKey,
  type ArgoCdStore,
  IN_CLUSTER,
  type RevisionMetadata,
  timestamp,
} from '@landfall/sandbox';
import { fleetApplication } from './fleetApplication';
import { FLEET, latestHistoryId, membersOf, revisionOf, tagOf } from './member';
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
interface SentEvent {
  namespace: string;
  name: string;
  resourceVersion: string;
  /**
   * Milliseconds since the epoch, taken just before it was sent to the streams.
   */
  at: number;
}

/**
 * Many applications without Git, registry or pods, to test how clients cope
 * with their number. To clients they look like any other application, but Argo
 * CD's controller skips them, so they cost nothing while they rest.
 */
export class Fleet {
  #next = 0;
  #stirring = new AbortController();

  private constructor(private readonly store: ArgoCdStore) {}

  /**
   * The fleet that the last process left. Promotions that its end interrupted
   * are completed.
   */
  static restore(store: ArgoCdStore): Fleet {
    const fleet = new Fleet(store);
    for (const name of fleet.names()) {
      store.applications.update(keyOf(name), settled);
    }
    return fleet;
  }

  stop(): void {
    this.#stirring.abort();
  }

  names(): string[] {
    return this.store.applications
      .sorted()
      .filter(({ metadata }) => metadata.namespace === FLEET)
      .map(({ metadata }) => metadata.name);
  }

  /**
   * Resizes the fleet: creates missing applications and deletes surplus ones.
   * With size 0, it deletes the project as well.
   *
   * @param shape.large - the new ones have 60 KB instead of 6
   */
  async resize(
    size: number,
    environments: string[],
    shape: { large?: boolean } = {},
  ): Promise<void> {
    const { applications, projects } = this.store;
    this.stop();
    const members = membersOf(size, environments);
    const wanted = new Set(members.map(({ name }) => name));
    const surplus = this.names().filter(name => !wanted.has(name));
    for (const [index, name] of surplus.entries()) {
      applications.delete(keyOf(name));
      await breathe(index);
    }
    if (size === 0) {
      projects.delete(FLEET);
    } else if (!projects.get(FLEET)) {
      this.store.putProject(PROJECT);
    }
    for (const [index, member] of members.entries()) {
      if (!applications.get(keyOf(member.name))) {
        const { input, ...existing } = fleetApplication(member, shape);
        applications.create(input, FLEET, existing);
      }
      await breathe(index);
    }
  }

  /**
   * Promotes a new image into one application after another, several at a time,
   * so that `rate` events are emitted per second. Reports each event that is
   * sent. Promotions that have begun are completed. Only one call runs at a
   * time: a new call, or a resize, ends the previous one.
   */
  async stir(
    { rate, seconds }: { rate: number; seconds: number },
    onSent: (event: SentEvent) => void,
    gone: AbortSignal,
  ): Promise<void> {
    this.stop();
    this.#stirring = new AbortController();
    const signal = AbortSignal.any([this.#stirring.signal, gone]);
    const names = this.names();
    const wanted = Math.max(1, Math.round(rate * BETWEEN_EVENTS_SECONDS));
    const atOnce = Math.min(names.length, wanted);
    const underWay: { key: string; step: number }[] = [];
    const begin = Date.now();
    for (let sent = 0; !signal.aborted; ) {
      const elapsed = (Date.now() - begin) / 1000;
      if (sent > elapsed * rate) {
        await sleep(TICK_MS);
        continue;
      }
      while (elapsed < seconds && underWay.length < atOnce) {
        const key = keyOf(names[this.#next++ % names.length]);
        underWay.push({ key, step: 0 });
      }
      const current = underWay.shift();
      if (!current) {
        return;
      }
      const { key, step } = current;
      this.#advance(key, step, onSent);
      sent += 1;
      if (step + 1 < PROMOTION.length) {
        underWay.push({ key, step: step + 1 });
      }
    }
    for (const { key } of underWay) {
      this.store.applications.update(key, settled);
    }
  }

  /**
   * The commit metadata of a fleet application; undefined for other
   * applications.
   */
  metadata(app: Application, revision: string): RevisionMetadata | undefined {
    const { status } = app;
    const { name, namespace } = app.metadata;
    const entry = status.history?.find(one => one.revision === revision);
    const id = entry?.id ?? latestHistoryId(app) + 1;
    if (namespace !== FLEET || revision !== revisionOf(name, id)) {
      return undefined;
    }
    const [image = ''] = status.summary.images ?? [];
    const repository = image.slice(
      image.indexOf('/') + 1,
      image.lastIndexOf(':'),
    );
    return {
      author: 'argocd-image-updater <noreply@argoproj.io>',
      date: timestamp(
        entry ? Date.parse(entry.deployStartedAt) - 20_000 : Date.now() - 1000,
      ),
      message:
        id === 0
          ? `Add ${name}`
          : `build: automatic update of ${name}\n\nupdates image ${repository} tag '${tagOf(
              id - 1,
            )}' to '${tagOf(id)}'`,
    };
  }

  #advance(
    key: string,
    step: number,
    onSent: (event: SentEvent) => void,
  ): void {
    const { applications } = this.store;
    const at = Date.now();
    const before = applications.get(key);
    const app = applications.update(key, PROMOTION[step]);
    if (app && app !== before) {
      const { namespace, name, resourceVersion } = app.metadata;
      onSent({ namespace, name, resourceVersion, at });
    }
  }
}

function keyOf(name: string): string {
  return applicationKey(FLEET, name);
}

async function breathe(index: number): Promise<void> {
  if (index % BATCH === BATCH - 1) {
    await setImmediate();
  }
}
