import { act, renderHook } from '@testing-library/react';
import {
  deploymentOf,
  responseOf,
  rollingOut,
} from '../../dev/fixtures/deployments';
import { changedKeys, useChange } from './changes';

const before = responseOf({
  dev: [deploymentOf('api-dev')],
  prod: [deploymentOf('api-prod')],
});

describe('changedKeys', () => {
  it('is empty on the first read, and for the same data', () => {
    expect(changedKeys(undefined, before)).toEqual(new Set());
    expect(changedKeys(before, structuredClone(before))).toEqual(new Set());
  });

  it.each([
    ['differs', { dev: [rollingOut('api-dev')] }, 'key-of-api-dev'],
    ['is new', { dev: [deploymentOf('web-dev')] }, 'key-of-web-dev'],
    [
      'moved to another environment',
      { staging: [deploymentOf('api-dev')] },
      'key-of-api-dev',
    ],
  ])('has the key of a deployment that %s', (_, environments, key) => {
    expect(changedKeys(before, responseOf(environments))).toEqual(
      new Set([key]),
    );
  });
});

describe('useChange', () => {
  it('counts changes, and keeps the latest one over reads without any', () => {
    const { result, rerender } = renderHook(useChange, {
      initialProps: before,
    });
    expect(result.current).toEqual({ count: 0, keys: new Set() });

    const after = responseOf({ dev: [rollingOut('api-dev')] });
    act(() => rerender(after));
    const change = { count: 1, keys: new Set(['key-of-api-dev']) };
    expect(result.current).toEqual(change);

    act(() => rerender(structuredClone(after)));
    expect(result.current).toEqual(change);

    act(() => rerender(before));
    expect(result.current.count).toBe(2);
  });
});
