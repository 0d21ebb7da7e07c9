import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { useCallback, useMemo } from 'react';
import { useQueryParam } from '../components/useQueryParam';
import { formatApplication, parseApplication } from './applicationParam';

/** The tabs of the drawer, in their order. @internal */
export const VIEWS = [
  'summary',
  'resources',
  'history',
  'updater',
  'events',
] as const;

/** @internal */
export type View = (typeof VIEWS)[number];

/** @internal */
export interface OpenApplication {
  /** Undefined while the drawer is closed. */
  application?: ApplicationRef;
  view: View;
  /** Id of the resource whose differences are shown. */
  resource?: string;
  open(application: ApplicationRef): void;
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
  const [text, setText] = useQueryParam('application');
  const [viewText, setView] = useQueryParam('view');
  const [resource, setResource] = useQueryParam('resource');
  const application = useMemo(() => parseApplication(text), [text]);
  const change = useCallback(
    (next: ApplicationRef | undefined) => {
      setText(next && formatApplication(next));
      setView(undefined);
      setResource(undefined);
    },
    [setText, setView, setResource],
  );
  const show = useCallback(
    (view: View) => {
      setView(view === VIEWS[0] ? undefined : view);
      setResource(undefined);
    },
    [setView, setResource],
  );
  const close = useCallback(() => change(undefined), [change]);
  return {
    application,
    view: VIEWS.find(one => one === viewText) ?? VIEWS[0],
    resource,
    open: change,
    show,
    showResource: setResource,
    close,
  };
}
