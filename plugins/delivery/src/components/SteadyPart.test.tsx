import { render, screen } from '@testing-library/react';
import { keepHeight, keptHeight } from './keptHeights';
import { SteadyPart } from './SteadyPart';

const API = { part: 'images', scope: 'component:default/api' };
const WEB = { part: 'images', scope: 'component:default/web' };

/** jsdom has no layout. */
function withHeight(height: number) {
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({
    x: 0,
    y: 0,
    top: 0,
    left: 0,
    right: 100,
    bottom: height,
    width: 100,
    height,
    toJSON: () => ({}),
  });
}

function partIn(state: 'loading' | 'shown' | 'failed', { part, scope } = API) {
  return (
    <SteadyPart
      part={part}
      scope={scope}
      state={state}
      placeholder={height => <p>placeholder {height ?? 'unknown'}</p>}
    >
      <p>content</p>
    </SteadyPart>
  );
}

beforeEach(() => localStorage.clear());
afterEach(() => jest.restoreAllMocks());

describe('SteadyPart', () => {
  it('gives its placeholder the height that the content had the last time', () => {
    withHeight(120);
    const first = render(partIn('loading'));
    expect(screen.getByText('placeholder unknown')).toBeInTheDocument();
    first.rerender(partIn('shown'));
    expect(screen.getByText('content')).toBeInTheDocument();
    first.unmount();

    render(partIn('loading'));
    expect(screen.getByText('placeholder 120')).toBeInTheDocument();
  });

  it('keeps the height of what was shown first, and of no error', () => {
    withHeight(120);
    const { rerender } = render(partIn('failed'));
    expect(keptHeight(API)).toBeUndefined();
    rerender(partIn('shown'));
    withHeight(900);
    rerender(partIn('shown'));
    expect(keptHeight(API)).toBe(120);
  });
});

describe('kept heights', () => {
  it('fall back to the same part of what was shown last', () => {
    keepHeight(API, 100);
    keepHeight(WEB, 200);
    expect(keptHeight(API)).toBe(100);
    expect(keptHeight({ ...API, scope: 'component:default/new' })).toBe(200);
    expect(keptHeight({ ...API, part: 'versions' })).toBeUndefined();
  });

  it('belong to a width of the window', () => {
    keepHeight(API, 100);
    const { innerWidth } = window;
    window.innerWidth = 360;
    expect(keptHeight(API)).toBeUndefined();
    window.innerWidth = innerWidth;
    expect(keptHeight(API)).toBe(100);
  });

  it('forget what was not shown for the longest time', () => {
    for (let i = 0; i < 300; i++) {
      keepHeight({ part: 'images', scope: `component:default/${i}` }, 100 + i);
    }
    expect(keptHeight({ part: 'images', scope: 'component:default/0' })).toBe(
      399,
    );
    expect(keptHeight({ part: 'images', scope: 'component:default/290' })).toBe(
      390,
    );
  });

  it('are unknown where the storage is broken or not allowed', () => {
    localStorage.setItem('landfall-delivery-heights', '{"images":true}');
    expect(keptHeight(API)).toBeUndefined();
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('', 'SecurityError');
    });
    keepHeight(API, 100);
    expect(keptHeight(API)).toBeUndefined();
  });
});
