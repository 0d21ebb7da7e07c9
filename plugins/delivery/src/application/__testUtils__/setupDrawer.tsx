import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationEvents,
  ApplicationResources,
  DeliverySignal,
} from '@landfall/backstage-plugin-delivery-common';
import { act } from '@testing-library/react';
import type { ReactNode } from 'react';
import {
  detailsOf,
  DIFF,
  EVENTS,
  RESOURCES,
} from '../../../dev/fixtures/application';
import { deliveryApiRef } from '../../api';
import { queryParamOf } from '../../components/useQueryParam';
import { ApplicationDrawerHost } from '../ApplicationDrawerHost';

export const ENTITY_REF = {
  kind: 'component',
  namespace: 'default',
  name: 'api',
};
export const APPLICATION = {
  instance: 'main',
  namespace: 'argocd',
  name: 'api-dev',
};

export const api = {
  getApplication: jest.fn<Promise<ApplicationDetails>, unknown[]>(),
  getApplicationResources: jest.fn<Promise<ApplicationResources>, unknown[]>(),
  getApplicationDiff: jest.fn<Promise<ApplicationDiff>, unknown[]>(),
  getApplicationEvents: jest.fn<Promise<ApplicationEvents>, unknown[]>(),
};

const subscribe = jest.fn();

/** Restores what the API returns and the URL before each test. @internal */
export function resetDrawer(): void {
  jest.resetAllMocks();
  window.history.replaceState(null, '', '/');
  api.getApplication.mockResolvedValue(detailsOf());
  api.getApplicationResources.mockResolvedValue(RESOURCES);
  api.getApplicationDiff.mockResolvedValue(DIFF);
  api.getApplicationEvents.mockResolvedValue(EVENTS);
  subscribe.mockReturnValue({ unsubscribe: () => {} });
}

/** Publishes a change to the page. @internal */
export function send(signal: Partial<DeliverySignal>): void {
  act(() => {
    for (const [, onMessage] of subscribe.mock.calls) {
      onMessage({ keys: [], appeared: false, instances: false, ...signal });
    }
  });
}

/** Puts the drawer's state into the page's URL. @internal */
export function openAt(params: Record<string, string>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(params)) {
    url.searchParams.set(queryParamOf(name), value);
  }
  window.history.replaceState(null, '', url);
}

/** What the URL keeps of the drawer. @internal */
export function paramOf(name: string): string | null {
  const params = new URLSearchParams(window.location.search);
  return params.get(queryParamOf(name));
}

/** @internal */
export async function renderDrawer(others?: ReactNode) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, api],
        [signalApiRef, { subscribe }],
      ]}
    >
      {others}
      <ApplicationDrawerHost entityRef={ENTITY_REF} />
    </TestApiProvider>,
  );
}
