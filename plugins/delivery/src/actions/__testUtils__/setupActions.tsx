import { ResponseError } from '@backstage/errors';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  ApplicationDetails,
  ApplicationResources,
  DeliveryActionsApi,
  DeliverySignal,
  DeploymentsResponse,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import {
  availableOf,
  previewOf,
  recordOf,
} from '../../../dev/fixtures/actions';
import { detailsOf, RESOURCES } from '../../../dev/fixtures/application';
import { responseOf } from '../../../dev/fixtures/deployments';
import { withOverview } from '../../../dev/fixtures/overview';
import { responseOf as versionsOf } from '../../../dev/fixtures/versions';
import { deliveryActionsApiRef, deliveryApiRef } from '../../api';
import { ActionsProvider, ActionNotes, ApplicationMenu } from '..';

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

type ActionsApi = {
  [Name in keyof DeliveryActionsApi]: jest.MockedFunction<
    DeliveryActionsApi[Name]
  >;
};

export const actionsApi: ActionsApi = {
  getAvailableActions: jest.fn(),
  startAction: jest.fn(),
  getActions: jest.fn(),
  decideAction: jest.fn(),
  previewVersionChange: jest.fn(),
  startVersionChange: jest.fn(),
};

export const api = {
  getApplication: jest.fn<Promise<ApplicationDetails>, unknown[]>(),
  getApplicationResources: jest.fn<Promise<ApplicationResources>, unknown[]>(),
  getDeployments: jest.fn<Promise<DeploymentsResponse>, unknown[]>(),
  getVersions: jest.fn<Promise<VersionsResponse>, unknown[]>(),
};

const subscribe = jest.fn();

/** Restores what the APIs return before each test. @internal */
export function resetActions(): void {
  jest.resetAllMocks();
  actionsApi.getAvailableActions.mockResolvedValue(availableOf());
  actionsApi.getActions.mockResolvedValue({ items: [] });
  actionsApi.startAction.mockResolvedValue(recordOf());
  actionsApi.previewVersionChange.mockImplementation(async request =>
    previewOf(request),
  );
  api.getApplication.mockResolvedValue(detailsOf());
  api.getApplicationResources.mockResolvedValue(RESOURCES);
  api.getDeployments.mockResolvedValue(responseOf({}));
  api.getVersions.mockResolvedValue(versionsOf([]));
  subscribe.mockReturnValue({ unsubscribe: () => {} });
}

/** Publishes a change of the application. @internal */
export function send(signal: Partial<DeliverySignal> = {}): void {
  act(() => {
    for (const [, onMessage] of subscribe.mock.calls) {
      onMessage({
        keys: ['key-of-api-dev'],
        appeared: false,
        instances: false,
        ...signal,
      });
    }
  });
}

/** An answer of the backend that isn't a success. @internal */
export async function refusal(
  status: number,
  message: string,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

/** A row of an application, as the card has it. @internal */
export async function renderActions(others?: ReactNode) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, withOverview(api)],
        [deliveryActionsApiRef, actionsApi],
        [signalApiRef, { subscribe }],
      ]}
    >
      <ActionsProvider entityRef={ENTITY_REF}>
        <ApplicationMenu
          application="api-dev"
          applicationRef={APPLICATION}
          environment="dev"
          links={[]}
        />
        <ActionNotes application={APPLICATION} />
        {others}
      </ActionsProvider>
    </TestApiProvider>,
  );
}

/** Opens the menu, and chooses an item of it. @internal */
export async function choose(name: RegExp | string): Promise<void> {
  await userEvent.click(
    screen.getByRole('button', { name: 'Actions and links of api-dev' }),
  );
  const item = await screen.findByRole('menuitem', { name, busy: false });
  await userEvent.click(item);
}
