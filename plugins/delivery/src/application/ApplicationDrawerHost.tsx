import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ApplicationDrawer } from './ApplicationDrawer';
import { useOpenApplication } from './useOpenApplication';

/** The mounted hosts. A page with the card and the tab has two. */
const hosts: object[] = [];
const listeners = new Set<() => void>();

/** Only the first host of a page shows the drawer. */
function useIsFirst(): boolean {
  const [host] = useState(() => ({}));
  useEffect(() => {
    hosts.push(host);
    listeners.forEach(listener => listener());
    return () => {
      hosts.splice(hosts.indexOf(host), 1);
      listeners.forEach(listener => listener());
    };
  }, [host]);
  return useSyncExternalStore(subscribe, () => hosts[0] === host);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The drawer with the details of the application in the page's URL. Every card
 * and tab that can open it has one; the page shows only one drawer.
 *
 * @internal
 */
export function ApplicationDrawerHost(props: { entityRef: CompoundEntityRef }) {
  const { entityRef } = props;
  const isFirst = useIsFirst();
  const state = useOpenApplication();
  const { application } = state;
  return isFirst && application ? (
    <ApplicationDrawer
      entityRef={entityRef}
      application={application}
      state={state}
    />
  ) : null;
}
