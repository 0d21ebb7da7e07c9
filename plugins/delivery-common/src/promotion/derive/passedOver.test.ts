import {
  at,
  CONFIG,
  evidence,
  pendingContext,
  promotion,
  sha,
} from '../__testUtils__/builders';
import { committedVersions, isPassedOver } from './passedOver';

describe('committedVersions', () => {
  const commit = { repoUrl: CONFIG, revision: sha('b'), date: at('12:00') };

  it('has exact commits of promotions, and certain evidence', () => {
    const context = pendingContext(
      {
        promotions: [
          promotion('a', {
            version: { tag: '1.0.1' },
            commit: { ...commit, exact: true },
          }),
          promotion('b', {
            version: { tag: '1.0.2' },
            commit: { ...commit, exact: false },
          }),
        ],
      },
      [
        evidence('1.0.3', 1),
        evidence('1.0.4', 2, { certain: false }),
        evidence('1.0.5', 3, { exact: false }),
      ],
    );
    expect(committedVersions(context)).toEqual([
      { tag: '1.0.1', date: at('12:00') },
      { tag: '1.0.3', date: at('12:30') },
    ]);
  });
});

describe('isPassedOver', () => {
  const later = { tag: '1.0.1', date: at('12:01') };
  const earlier = { tag: '1.0.1', date: at('11:59') };

  it.each([
    ['another version was committed later', [later], true],
    ['another version was committed before', [earlier], false],
    ['others were committed before and later', [earlier, later], true],
    [
      'the same version was committed later',
      [{ ...later, tag: '1.0.2' }],
      false,
    ],
    ['it isn’t known when', [{ tag: '1.0.1' }], false],
    ['none was committed', [], false],
  ])('%s: %s', (_, committed, expected) => {
    expect(
      isPassedOver(committed, { version: { tag: '1.0.2' }, at: at('12:00') }),
    ).toBe(expected);
  });
});
