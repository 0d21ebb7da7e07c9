import { act, renderHook } from '@testing-library/react';
import { queryParamOf, useQueryParam } from './useQueryParam';

describe('useQueryParam', () => {
  beforeEach(() => window.history.replaceState({ of: 'the app' }, '', '/'));

  it('reads and writes one parameter, and leaves the rest of the URL alone', () => {
    window.history.replaceState(
      { of: 'the app' },
      '',
      '/page?outcome=theirs&delivery-outcome=failed#promotion-1',
    );
    const { result } = renderHook(() => useQueryParam('outcome'));
    expect(result.current[0]).toBe('failed');

    act(() => result.current[1]('live'));
    expect(result.current[0]).toBe('live');
    expect(window.location.href).toMatch(
      /\/page\?outcome=theirs&delivery-outcome=live#promotion-1$/,
    );
    expect(window.history.state).toEqual({ of: 'the app' });

    act(() => result.current[1](undefined));
    expect(result.current[0]).toBeUndefined();
    expect(window.location.search).toBe('?outcome=theirs');
  });

  it('is the same for all who use it, and follows the browser', () => {
    const first = renderHook(() => useQueryParam('repository'));
    const second = renderHook(() => useQueryParam('repository'));
    act(() => first.result.current[1]('shop/api'));
    expect(second.result.current[0]).toBe('shop/api');

    act(() => {
      window.history.replaceState(null, '', '/?delivery-repository=shop/web');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(first.result.current[0]).toBe('shop/web');
  });

  it('has a prefix that distinguishes it from parameters of other plugins', () => {
    expect(queryParamOf('outcome')).toBe('delivery-outcome');
  });
});
