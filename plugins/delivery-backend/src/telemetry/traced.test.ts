import { tracingServiceMock } from '@backstage/backend-test-utils/alpha';
import { traced } from './traced';

describe('traced', () => {
  it('runs work in a span with its attributes', async () => {
    const tracing = tracingServiceMock.mock();

    expect(
      await traced(
        tracing,
        'list',
        { instance: 'main', count: 3 },
        async () => 7,
      ),
    ).toBe(7);

    expect(tracing.startActiveSpan).toHaveBeenCalledWith(
      'delivery.list',
      { attributes: { 'delivery.instance': 'main', 'delivery.count': 3 } },
      expect.any(Function),
    );
  });

  it('works without a tracing service', async () => {
    expect(await traced(undefined, 'publish', {}, async () => 7)).toBe(7);
  });

  it('rejects as the work does', async () => {
    const work = async () => {
      throw new Error('no database');
    };
    for (const tracing of [undefined, tracingServiceMock.mock()]) {
      await expect(traced(tracing, 'reduce', {}, work)).rejects.toThrow(
        'no database',
      );
    }
  });
});
