import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import {
  applicationOf,
  imagesPage,
  itemsOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { withOverview } from '../../dev/fixtures/overview';
import { deliveryApiRef } from '../api';
import { useShownImages } from './useShownImages';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };

function setup(total: number) {
  const tags = Array.from({ length: total }, (_, index) => `1.0.${index}`);
  const images = responseOf(
    [applicationOf('dev', '1.0.0', undefined)],
    itemsOf(tags),
  );
  const getImages = jest.fn(
    async (_: unknown, request?: Parameters<typeof imagesPage>[1]) =>
      imagesPage(images, request),
  );
  const api = withOverview({ getImages });
  const { result, rerender } = renderHook(
    ({ repository }: { repository?: string }) =>
      useShownImages(ENTITY, { repository, pageSize: 20 }),
    {
      initialProps: {},
      wrapper: ({ children }: PropsWithChildren<{}>) => (
        <TestApiProvider apis={[[deliveryApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    },
  );
  return {
    getImages,
    result,
    rerender,
    shows: (count: number) =>
      waitFor(() => expect(result.current.data?.items).toHaveLength(count)),
  };
}

describe('useShownImages', () => {
  it('shows more of what was read before it reads more', async () => {
    const { getImages, result, shows } = setup(55);
    await shows(20);
    expect(getImages).toHaveBeenCalledTimes(1);
    act(() => result.current.loadMore());
    await shows(40);
    expect(getImages).toHaveBeenCalledTimes(2);
    expect(result.current.hasMore).toBe(true);

    act(() => result.current.loadMore());
    await shows(55);
    expect(getImages).toHaveBeenCalledTimes(3);
    expect(result.current.hasMore).toBe(false);
  });

  it('starts over for another repository', async () => {
    const { result, rerender, shows } = setup(55);
    await shows(20);
    act(() => result.current.loadMore());
    await shows(40);
    rerender({ repository: REPOSITORY });
    await shows(20);
    await waitFor(() => expect(result.current.isStale).toBe(false));
    await shows(20);
  });
});
