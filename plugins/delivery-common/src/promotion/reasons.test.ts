import type { Promotion } from '../model/promotion';
import { formatMessage } from '../messages';
import { at, promotion } from './__testUtils__/builders';
import {
  replacedBy,
  rolledBackTo,
  supersededByVersion,
  withFailureInReason,
} from './reasons';

const TIME = { at: at('12:00'), basis: 'reported' as const };
const NEXT = { tag: '1.2.0' };
const FAILED: Partial<Promotion> = {
  failure: {
    at: TIME,
    reason: {
      code: 'promotion.sync-failed',
      parameters: { message: 'hook failed' },
    },
  },
};

function ended(overrides: Partial<Promotion>): Promotion {
  return promotion('a', {
    outcome: 'superseded',
    outcomeAt: TIME,
    reason: replacedBy(NEXT),
    stages: { synced: TIME },
    ...overrides,
  });
}

const after = (of: Promotion) => withFailureInReason(of).reason;

describe('withFailureInReason', () => {
  it.each<[string, Partial<Promotion>, string]>([
    [
      'a version that was applied and failed',
      FAILED,
      'Superseded by 1.2.0 after it failed: hook failed',
    ],
    [
      'a version whose sync failed',
      { ...FAILED, stages: {}, reason: supersededByVersion(NEXT) },
      'Superseded by 1.2.0 after it failed: hook failed',
    ],
    [
      'a version that failed without a reason',
      { failure: { at: TIME } },
      'Superseded by 1.2.0 after it failed',
    ],
    ['a version that did not fail', {}, 'Replaced by 1.2.0'],
    [
      'a version that recovered',
      { ...FAILED, stages: { synced: TIME, healthy: TIME } },
      'Replaced by 1.2.0',
    ],
    [
      'a version that was rolled back',
      {
        ...FAILED,
        outcome: 'rolled-back',
        reason: rolledBackTo(NEXT, undefined),
      },
      'Rolled back to 1.2.0',
    ],
  ])('of %s', (_, overrides, expected) => {
    const reason = after(ended(overrides));
    expect(reason && formatMessage(reason)).toBe(expected);
  });

  it.each([
    [{ synced: TIME }, replacedBy(NEXT)],
    [{}, supersededByVersion(NEXT)],
  ])(
    'forgets a failure that turns out to be of an earlier attempt',
    (stages, expected) => {
      const failed = withFailureInReason(ended({ ...FAILED, stages }));
      const { failure: _, ...other } = failed;
      expect(after(other)).toEqual(expected);
      expect(after(failed)).toEqual(failed.reason);
    },
  );
});
