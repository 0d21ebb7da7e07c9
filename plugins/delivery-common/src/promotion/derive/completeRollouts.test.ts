import { API } from '../../testing/simulation';
import {
  application,
  at,
  digest,
  draftOf,
  evidence,
  image,
  promotion,
  rollout,
  sha,
} from '../__testUtils__/builders';
import { reported } from '../stageTimes';
import type { FailedOperation } from '../types';
import { completeRollouts } from './completeRollouts';

const synced = reported(at('12:40'));
const own = promotion('p', { version: { tag: '1.0.1' }, stages: { synced } });
const failed = (position: number, finishedAt?: string): FailedOperation => ({
  revisions: [sha('f')],
  startedAt: at('12:32'),
  finishedAt,
  message: 'hook failed',
  position,
});

function complete({
  failures = [] as FailedOperation[],
  failure = undefined as typeof own.failure,
  degraded = undefined as typeof own.failure,
  items = [evidence('1.0.1', 2)],
} = {}) {
  const draft = draftOf({
    application: application(),
    promotions: [
      { ...own, ...(failure && { failure }) },
      promotion('pending', { version: { tag: '1.0.2' } }),
    ],
    images: [image('1.0.1', at('12:20')), image('1.0.2', at('12:50'))],
    memory: {
      runs: [
        { ...rollout('p', '1.0.1', { position: 5 }), degraded },
        rollout('p', '1.0.1', { position: 7 }),
      ],
      failures,
    },
  });
  completeRollouts(draft, API, items);
  return draft;
}

describe('completeRollouts', () => {
  it('adds push and commit to a rollout, and the push to a pending version', () => {
    const draft = complete();
    expect(draft.promotion('p')).toMatchObject({
      version: { tag: '1.0.1', digest: digest('1') },
      commit: { revision: sha('2'), exact: true },
      stages: {
        pushed: reported(at('12:20')),
        committed: reported(at('12:30')),
        synced,
      },
    });
    expect(draft.promotion('pending')?.stages).toEqual({
      pushed: reported(at('12:50')),
    });
  });

  it.each([
    [
      'a sync of the commit before its own',
      failed(4, at('12:33')),
      at('12:33'),
    ],
    ['its start, if there is no end', failed(4), at('12:32')],
    ['no sync after its own', failed(6), undefined],
    ['no sync before the commit', failed(1), undefined],
  ])('adds the failure of %s', (_, failure, expected) => {
    const draft = complete({ failures: [failure] });
    expect(draft.promotion('p')?.failure?.at.at).toBe(expected);
  });

  it.each([
    [
      'keeps the earlier one',
      at('12:31'),
      [failed(4, at('12:33'))],
      at('12:31'),
    ],
    [
      'replaces a later one',
      at('12:39'),
      [failed(4, at('12:33'))],
      at('12:33'),
    ],
    ['drops that of an earlier attempt', at('12:29'), [], undefined],
    [
      'replaces that of an earlier attempt',
      at('12:29'),
      [failed(4, at('12:33'))],
      at('12:33'),
    ],
  ])('of two failures %s', (_, known, failures, expected) => {
    const failure = { at: reported(known) };
    const draft = complete({ failure, failures });
    expect(draft.promotion('p')?.failure?.at.at).toBe(expected);
  });

  it.each([
    ['after that of an earlier attempt', at('12:29'), at('12:45')],
    ['not after one of this attempt', at('12:35'), at('12:35')],
  ])('shows its own failure %s', (_, known, expected) => {
    const draft = complete({
      failure: { at: reported(known) },
      degraded: { at: reported(at('12:45')) },
    });
    expect(draft.promotion('p')?.failure?.at.at).toBe(expected);
  });

  it('changes nothing the second time', () => {
    const draft = complete({ failures: [failed(4, at('12:33'))] });
    const before = draft.allPromotions();
    completeRollouts(draft, API, [evidence('1.0.1', 2)]);
    expect(draft.allPromotions()).toEqual(before);
  });
});
