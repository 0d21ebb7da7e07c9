import { mockServices } from '@backstage/backend-test-utils';
import { readRequestTimeout } from './timeouts';

describe('readRequestTimeout', () => {
  const read = (registry: object) =>
    readRequestTimeout(
      mockServices.rootConfig({ data: { delivery: { registry } } }),
    );

  it('is 30 seconds, or what is configured', () => {
    expect(read({})).toBe(30_000);
    expect(read({ requestTimeout: '1m' })).toBe(60_000);
  });

  it('names the key of what it cannot use', () => {
    expect(() => read({ requestTimeout: '1ms' })).toThrow(
      "'delivery.registry.requestTimeout' must be at least 1 second",
    );
  });
});
