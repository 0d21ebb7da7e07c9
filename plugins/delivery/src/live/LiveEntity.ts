import type { SignalApi } from '@backstage/plugin-signals-react';
import {
  DELIVERY_CHANNEL,
  parseDeliverySignal,
  SIGNAL_GATHER_MS,
  signalSpreadMs,
} from '@landfall/backstage-plugin-delivery-common';
import { SHORT_POLL_MS, type LiveRead } from './LiveRead';

/** What an entity needs from its reads, whatever data they return. */
type Refreshable = Pick<
  LiveRead<unknown>,
  'keys' | 'request' | 'readNow' | 'tick'
>;

/**
 * Keeps all data shown for one entity fresh. It reads again when a signal
 * concerns the entity, when the browser tab becomes visible or is online again, and
 * at intervals while the tab is visible. While it is hidden, nothing is read. A signal that
 * concerns one read concerns all of them, because deployments, promotions and
 * images are about the same applications.
 *
 * @internal
 */
export class LiveEntity {
  static readonly #known = new WeakMap<object, Map<string, LiveEntity>>();

  readonly #reads = new Set<Refreshable>();
  readonly #signals?: SignalApi;
  readonly #siblings: Map<string, LiveEntity>;
  readonly #entityRef: string;
  #disconnect?: () => void;

  /**
   * Returns the instance shared by all components that read an entity through
   * the same API.
   */
  static of(options: {
    api: object;
    entityRef: string;
    /** Not every app has the signals plugin installed. */
    signals?: SignalApi;
  }): LiveEntity {
    const { api, entityRef, signals } = options;
    const siblings = LiveEntity.#known.get(api) ?? new Map();
    LiveEntity.#known.set(api, siblings);
    return (
      siblings.get(entityRef) ?? new LiveEntity(siblings, entityRef, signals)
    );
  }

  private constructor(
    siblings: Map<string, LiveEntity>,
    entityRef: string,
    signals: SignalApi | undefined,
  ) {
    this.#siblings = siblings;
    this.#entityRef = entityRef;
    this.#signals = signals;
    siblings.set(entityRef, this);
  }

  /** True if signals announce changes; otherwise the page only polls. */
  get isLive(): boolean {
    return this.#signals !== undefined;
  }

  add(read: Refreshable): void {
    this.#reads.add(read);
    this.#siblings.set(this.#entityRef, this);
    this.#disconnect ??= this.#connect();
  }

  remove(read: Refreshable): void {
    this.#reads.delete(read);
    if (this.#reads.size === 0) {
      this.#disconnect?.();
      this.#disconnect = undefined;
      this.#siblings.delete(this.#entityRef);
    }
  }

  readonly refresh = (): void => this.#reads.forEach(read => read.readNow());

  #connect(): () => void {
    const onVisibility = () => {
      if (isVisible()) {
        this.refresh();
      }
    };
    document.addEventListener('visibilitychange', onVisibility);
    // Without it, failed reads would wait for the end of their pause.
    window.addEventListener('online', onVisibility);
    const poll = setInterval(() => {
      if (isVisible()) {
        this.#reads.forEach(read => read.tick(SHORT_POLL_MS));
      }
    }, SHORT_POLL_MS);
    const subscription = this.#signals?.subscribe(DELIVERY_CHANNEL, message => {
      const spreadMs = signalSpreadMs(
        parseDeliverySignal(message),
        this.#keys(),
      );
      // A hidden tab reads everything again once it is visible.
      if (spreadMs !== undefined && isVisible()) {
        const delayMs = SIGNAL_GATHER_MS + Math.random() * spreadMs;
        this.#reads.forEach(read => read.request({ delayMs }));
      }
    });
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onVisibility);
      clearInterval(poll);
      subscription?.unsubscribe();
    };
  }

  /** The keys of all reads; undefined while no read knows its keys. */
  #keys(): ReadonlySet<string> | undefined {
    const known = [...this.#reads].flatMap(read => {
      const keys = read.keys();
      return keys ? [keys] : [];
    });
    return known.length > 0 ? new Set(known.flat()) : undefined;
  }
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
