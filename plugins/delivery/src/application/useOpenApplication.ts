import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { setQueryParams, useQueryParam } from '../components/useQueryParam';
import { formatApplication, parseApplication } from './applicationParam';

/** The tabs of the drawer, in their order. @internal */
export const VIEWS = [
  'summary',
  'resources',
  'history',
  'updater',
  'events',
] as const;

type View = (typeof VIEWS)[number];

/** @internal */
export interface OpenApplication {
  /** Undefined while the drawer is closed. */
  application?: ApplicationRef;
  view: View;
  /** Id of the resource whose differences are shown. */
  resource?: string;
  show(view: View): void;
  showResource(id: string | undefined): void;
  close(): void;
}

/**
 * Which application the drawer shows, and which part of it: all of it is in the
 * URL, so it can be shared.
 *
 * @internal
 */
export function useOpenApplication(): OpenApplication {
  const [text] = useQueryParam('application');
  const [view] = useQueryParam('view');
  const [resource, showResource] = useQueryParam('resource');
  const application = useMemo(() => parseApplication(text), [text]);
  return {
    application,
    view: VIEWS.find(one => one === view) ?? VIEWS[0],
    resource,
    show,
    showResource,
    close,
  };
}

/** Opens the drawer at its first tab. @internal */
export function openApplication(application: ApplicationRef): void {
  setQueryParams({
    application: formatApplication(application),
    view: undefined,
    resource: undefined,
  });
}

function show(view: View): void {
  setQueryParams({
    view: view === VIEWS[0] ? undefined : view,
    resource: undefined,
  });
}

function close(): void {
  setQueryParams({
    application: undefined,
    view: undefined,
    resource: undefined,
  });
}
