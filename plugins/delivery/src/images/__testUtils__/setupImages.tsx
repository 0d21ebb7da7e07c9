import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen, within } from '@testing-library/react';
import { imagesPage } from '../../../dev/fixtures/images';
import { withOverview } from '../../../dev/fixtures/overview';
import { deliveryApiRef } from '../../api';
import { ImagesPanel } from '../ImagesPanel';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };

/** A backend that returns these images page by page. */
export function setupImages(initial: ImagesResponse) {
  let images = initial;
  let failure: Error | undefined;
  const getImages = jest.fn<
    ReturnType<DeliveryApi['getImages']>,
    Parameters<DeliveryApi['getImages']>
  >(async (_, request) => {
    if (failure) {
      throw failure;
    }
    return imagesPage(images, request);
  });
  const api = withOverview({ getImages });
  const subscribe = jest.fn().mockReturnValue({ unsubscribe: () => {} });
  return {
    getImages,
    change: (next: ImagesResponse) => {
      images = next;
    },
    fail: (error: Error | undefined) => {
      failure = error;
    },
    signal: (keys: string[]) =>
      act(() => {
        for (const [, listener] of subscribe.mock.calls) {
          listener({ keys, appeared: false, instances: false });
        }
      }),
    render: (pageSize = 20) =>
      renderInTestApp(
        <TestApiProvider
          apis={[
            [deliveryApiRef, api],
            [signalApiRef, { subscribe }],
          ]}
        >
          <ImagesPanel entityRef={ENTITY} pageSize={pageSize} />
        </TestApiProvider>,
      ),
  };
}

/** The rows of the images table. */
export async function findRows() {
  const table = await screen.findByRole('table', { name: 'Images' });
  return within(table).getAllByRole('row').slice(1);
}
