import { availableOf } from '../../../dev/fixtures/actions';
import { toMenuEntries } from './entries';

describe('toMenuEntries', () => {
  it('has every entry, and none that can be chosen, while nothing is known', () => {
    const entries = toMenuEntries(undefined);
    expect(entries.map(({ id }) => id)).toEqual([
      'refresh',
      'hard-refresh',
      'sync',
      'terminate',
      'rollback',
      'rollout',
      'promote',
      'revert',
      'resume-updates',
    ]);
    expect(entries.some(({ opens }) => opens)).toBe(false);
  });

  it('is one entry for the actions of Rollouts, which one of them opens', () => {
    const { items } = availableOf({
      'rollout-promote': 'not paused',
      'rollout-promote-full': 'not paused',
    });
    expect(toMenuEntries(items).find(({ id }) => id === 'rollout')).toEqual({
      id: 'rollout',
      opens: true,
      availability: { action: 'rollout-abort', allowed: true },
    });
  });

  it('opens the dialog of a rollback that leads to the revert in Git', () => {
    const refused = (code: string) =>
      toMenuEntries([
        {
          action: 'rollback',
          allowed: false,
          refusal: { code, message: 'no' },
        },
      ])[0].opens;
    expect(refused('action.automated-sync')).toBe(true);
    expect(refused('action.permission-missing')).toBe(false);
  });
});
