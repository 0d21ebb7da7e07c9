import { API, Simulation } from '../testing/simulation';
import { digest } from './__testUtils__/builders';
import {
  countRollout,
  promotionId,
  rolloutCount,
  versionKey,
} from './identity';
import type { RepositoryMemory } from './types';

const EMPTY: RepositoryMemory = { applied: [], counts: {}, floor: 0 };

describe('promotionId', () => {
  const ref = { ...Simulation.ref, instance: 'eu|1/a' };

  it('is made of application, repository, version and number of the rollout', () => {
    expect(promotionId(ref, API, { tag: '1.0.0' }, 2)).toBe(
      `eu%7C1%2Fa/${ref.namespace}/${ref.name}|${API}|1.0.0|2`,
    );
  });

  it.each([
    [{ tag: '1.0.0' }, '1.0.0'],
    [{ tag: '1.0.0', digest: digest('a') }, digest('a')],
    [{}, ''],
  ])('goes by the digest of %j, else by its tag', (version, key) => {
    expect(versionKey(version)).toBe(key);
  });
});

describe('countRollout', () => {
  it('counts each version by itself', () => {
    const once = countRollout(EMPTY, { tag: '1.0.0' });
    const twice = countRollout(countRollout(once, { tag: '2.0.0' }), {
      tag: '1.0.0',
    });
    expect(rolloutCount(twice, { tag: '1.0.0' })).toBe(2);
    expect(rolloutCount(twice, { tag: '2.0.0' })).toBe(1);
    expect(rolloutCount(twice, { tag: '3.0.0' })).toBe(0);
    expect(rolloutCount(undefined, { tag: '1.0.0' })).toBe(0);
  });

  it('takes a tag for no property that every object has', () => {
    expect(rolloutCount(EMPTY, { tag: 'constructor' })).toBe(0);
    expect(
      rolloutCount(countRollout(EMPTY, { tag: 'constructor' }), {
        tag: 'constructor',
      }),
    ).toBe(1);
  });

  it('never counts a version that was dropped too low', () => {
    let memory = countRollout(countRollout(EMPTY, { tag: 'first' }), {
      tag: 'first',
    });
    for (let number = 0; number < 150; number += 1) {
      memory = countRollout(memory, { tag: `1.0.${number}` });
    }
    expect(Object.keys(memory.counts)).toHaveLength(100);
    expect(memory.counts.first).toBeUndefined();
    expect(rolloutCount(memory, { tag: 'first' })).toBeGreaterThanOrEqual(2);
    expect(rolloutCount(memory, { tag: '1.0.149' })).toBeGreaterThanOrEqual(1);
  });
});
