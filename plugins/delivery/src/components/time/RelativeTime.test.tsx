import { renderInTestApp } from '@backstage/test-utils';
import { act, screen } from '@testing-library/react';
import { RelativeTime } from './RelativeTime';

const NOW = '2026-05-04T12:00:00.000Z';

describe('RelativeTime', () => {
  beforeEach(() =>
    jest.useFakeTimers({
      now: new Date(NOW),
      doNotFake: ['queueMicrotask', 'setImmediate', 'setTimeout'],
    }),
  );
  afterEach(() => jest.useRealTimers());

  it.each([
    ['2026-05-04T11:59:20.000Z', {}, '40 s ago'],
    [NOW, {}, 'just now'],
    ['2026-05-04T12:00:30.000Z', {}, 'just now'],
    ['2026-05-04T11:57:00.000Z', { prefix: 'pushed' }, 'pushed 3 min ago'],
    ['2026-05-04T11:59:20.000Z', { prefix: 'since', bare: true }, 'since 40 s'],
  ])('shows %s with %j as "%s"', async (at, props, text) => {
    await renderInTestApp(<RelativeTime at={at} {...props} />);
    const time = screen.getByText(text);
    expect(time).toHaveAttribute('datetime', at);
    expect(time.title).toContain('2026');
  });

  it('follows the clock', async () => {
    await renderInTestApp(<RelativeTime at={NOW} />);
    act(() => jest.advanceTimersByTime(5000));
    expect(screen.getByText('5 s ago')).toBeInTheDocument();
  });
});
