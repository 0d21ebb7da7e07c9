import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { DeliveryApi } from '@landfall/backstage-plugin-delivery-common';
import { useSyncExternalStore } from 'react';
import { deliveryApiRef } from '../api';
import { LiveEntity } from './LiveEntity';
import type { FreshState, LiveRead, LiveReadOptions } from './LiveRead';
import type { SharedReads } from './SharedReads';

/** @internal */
export interface FreshSource<T> extends ScopedSource<T> {
  entityRef: CompoundEntityRef;
}

/**
 * Something that a page reads, whatever it is about.
 *
 * @internal
 */
export interface ScopedSource<T> {
  /** The registry that shares reads of this kind. */
  reads: SharedReads<T>;
  /** Distinguishes reads of the same kind and entity. */
  id: string;
  /**
   * Creates the read's options. Called once for all components with the same
   * id.
   */
  create(api: DeliveryApi): LiveReadOptions<T>;
}

/** @internal */
export interface Fresh<T> extends FreshState<T> {
  /** True if signals announce changes; otherwise the page only polls. */
  live: boolean;
  /** Reads all data shown for the entity again. */
  refresh(): void;
}

/**
 * Reads data of an entity and keeps it fresh. Components with the same source
 * share one read.
 *
 * @internal
 */
export function useFresh<T>(source: FreshSource<T>): Fresh<T> {
  return useLiveRead(source).fresh;
}

/**
 * `useFresh` for callers that also change the data.
 *
 * @internal
 * @param options.isOff - nothing is read
 */
export function useLiveRead<T>(
  source: FreshSource<T>,
  options: { isOff?: boolean } = {},
): {
  fresh: Fresh<T>;
  read: LiveRead<T>;
} {
  return useScopedRead(stringifyEntityRef(source.entityRef), source, options);
}

/**
 * `useLiveRead` for what is about more than one entity.
 *
 * @internal
 * @param scope - everything of one scope is refreshed together; must not be a ref
 * of an entity
 */
export function useScopedRead<T>(
  scope: string,
  source: ScopedSource<T>,
  { isOff = false }: { isOff?: boolean } = {},
): {
  fresh: Fresh<T>;
  read: LiveRead<T>;
} {
  const api = useApi(deliveryApiRef);
  const entity = LiveEntity.of({
    api,
    entityRef: scope,
    // Not every app has the signals plugin installed.
    signals: useApiHolder().get(signalApiRef),
  });
  const read = source.reads.get(entity, source.id, () => source.create(api));
  const state = useSyncExternalStore(
    isOff ? withoutSubscription : read.subscribe,
    read.getState,
  );
  return {
    fresh: { ...state, live: entity.isLive, refresh: entity.refresh },
    read,
  };
}

function withoutSubscription(): () => void {
  return () => {};
}
