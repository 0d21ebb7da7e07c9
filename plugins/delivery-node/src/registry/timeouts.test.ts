import { mockServices } from '@backstage/backend-test-utils';
import { readRequestTimeout } from './timeouts';

describe('readRequestTimeout', () => {
  const read = (registry: object) =>
    readRequestTimeout(
      mockServices.rootConfig({ data: { delivery: { registry } } }),
    );

  it('defaults to 30 seconds', () => {
    expect(read({})).toBe(30_000);
    expect(read({ requestTimeout: '1m' })).toBe(60_000);
  });

  it('reports the key of an invalid value', () => {
    expect(() => read({ requestTimeout: '1ms' })).toThrow(
      "'delivery.registry.requestTimeout' must be at least 1 second",
    );
  });
});
