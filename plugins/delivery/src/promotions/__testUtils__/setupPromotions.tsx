import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen } from '@testing-library/react';
import { deploymentOf, responseOf } from '../../../dev/fixtures/deployments';
import { withOverview } from '../../../dev/fixtures/overview';
import { deliveryApiRef } from '../../api';
import { PromotionList } from '../PromotionList';

const API = '127.0.0.1:5000/shop/api';
export const WORKER = '127.0.0.1:5000/shop/worker';
export const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };

/** A backend that returns these promotions, and a page that lists them. */
export function setupPromotions(
  answer: DeliveryApi['getPromotions'] | PromotionsResponse['items'],
) {
  const getPromotions = jest.fn<
    ReturnType<DeliveryApi['getPromotions']>,
    Parameters<DeliveryApi['getPromotions']>
  >(Array.isArray(answer) ? async () => ({ items: answer }) : answer);
  const api = withOverview({
    getPromotions,
    getDeployments: async () => responseOf({ dev: [deploymentOf('api-dev')] }),
  });
  const subscribe = jest.fn().mockReturnValue({ unsubscribe: () => {} });
  return {
    getPromotions,
    signal: () =>
      act(async () => {
        for (const [, onMessage] of subscribe.mock.calls) {
          onMessage({
            keys: ['key-of-api-dev'],
            appeared: false,
            instances: false,
          });
        }
      }),
    render: () =>
      renderInTestApp(
        <TestApiProvider
          apis={[
            [deliveryApiRef, api],
            [signalApiRef, { subscribe }],
          ]}
        >
          <PromotionList
            entityRef={ENTITY}
            environments={['dev', 'prod']}
            repositories={[API, WORKER]}
          />
        </TestApiProvider>,
      ),
  };
}

/** The rows of the list: promotions and groups. */
export async function findItems() {
  const list = await screen.findByRole('list', { name: 'Promotions' });
  return [...list.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement,
  );
}
