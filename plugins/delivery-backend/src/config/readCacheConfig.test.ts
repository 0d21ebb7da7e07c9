import { mockServices } from '@backstage/backend-test-utils';
import { readCacheConfig } from './readCacheConfig';

const read = (cache?: object) =>
  readCacheConfig(
    mockServices.rootConfig({ data: cache ? { delivery: { cache } } : {} }),
  );

describe('readCacheConfig', () => {
  it.each([
    [undefined, { authorizationMs: 5000, answerBytes: 64 * 1024 * 1024 }],
    [
      { authorization: '10s', maxMegabytes: 0.5 },
      { authorizationMs: 10_000, answerBytes: 512 * 1024 },
    ],
    [
      { authorization: { seconds: 0 }, maxMegabytes: 0 },
      { authorizationMs: 0, answerBytes: 0 },
    ],
  ])('reads %j', (cache, expected) => {
    expect(read(cache)).toEqual(expected);
  });

  it.each([
    [{ authorization: { minutes: 2 } }, 'delivery.cache.authorization'],
    [{ authorization: 'long' }, 'delivery.cache.authorization'],
    [{ maxMegabytes: -1 }, 'delivery.cache.maxMegabytes'],
    [{ maxMegabytes: 'much' }, 'delivery.cache.maxMegabytes'],
  ])('refuses %j', (cache, key) => {
    expect(() => read(cache)).toThrow(key);
  });
});
