import type { PromotionOutcome } from '../../model/promotion';
import { API } from '../../testing/simulation';
import {
  application,
  at,
  draftOf,
  promotion,
  rollout,
} from '../__testUtils__/builders';
import { observed, reported } from '../stageTimes';
import { emptyMemory, identifyApplication, loseApplication } from './lifecycle';

const healthy = reported(at('12:05'));
const live = promotion('live', {
  stages: { healthy },
  outcome: 'live',
  outcomeAt: healthy,
});
const open = promotion('open');
const gone = (seenAt = at('13:00')) => ({
  kind: 'application-gone' as const,
  ref: live.application,
  seenAt,
});
const world = () =>
  draftOf({
    application: application(),
    promotions: [live, open],
    repository: {
      live: { id: 'live', version: { tag: '1.0.0' } },
      applied: [{ tag: '1.0.0' }],
      counts: { '1.0.0': 2 },
      floor: 1,
    },
    memory: {
      uid: 'uid-1',
      firstSeenAt: at('11:00'),
      runs: [rollout('live', '1.0.0')],
      position: 9,
    },
  });

describe('loseApplication', () => {
  it.each<[PromotionOutcome | undefined, boolean]>([
    [undefined, true],
    ['failed', true],
    ['live', true],
    ['superseded', false],
    ['rolled-back', false],
  ])('a promotion with outcome %s is abandoned: %s', (outcome, expected) => {
    const draft = draftOf({
      application: application(),
      promotions: [promotion('p', { ...(outcome && { outcome }) })],
    });
    loseApplication(draft, gone());
    expect(draft.promotion('p')?.outcome === 'abandoned').toBe(expected);
    expect(draft.goneAt).toBe(at('13:00'));
  });

  it('counts from the first observation of it', () => {
    const draft = world();
    loseApplication(draft, gone());
    loseApplication(draft, gone(at('14:00')));
    expect(draft.goneAt).toBe(at('13:00'));
    expect(draft.promotion('open')?.outcomeAt).toEqual(observed(at('13:00')));
  });

  it('means nothing of an application that was never observed', () => {
    const draft = draftOf();
    loseApplication(draft, gone());
    expect(draft.goneAt).toBe(undefined);
  });
});

describe('identifyApplication', () => {
  it('remembers when it was first observed', () => {
    const draft = draftOf();
    identifyApplication(draft, 'uid-1', at('11:00'));
    identifyApplication(draft, 'uid-1', at('12:00'));
    expect(draft.memory).toEqual({
      ...emptyMemory(),
      uid: 'uid-1',
      firstSeenAt: at('11:00'),
    });
  });

  it('revives what was abandoned when the same application was gone', () => {
    const draft = world();
    loseApplication(draft, gone());
    identifyApplication(draft, 'uid-1', at('13:10'));
    expect(draft.goneAt).toBe(undefined);
    expect(draft.allPromotions()).toEqual([live, open]);
  });

  it('makes live again only what was', () => {
    const former = promotion('former', { stages: { healthy } });
    const draft = draftOf({
      application: application(),
      promotions: [former],
      memory: { uid: 'uid-1' },
    });
    loseApplication(draft, gone());
    identifyApplication(draft, 'uid-1', at('13:10'));
    expect(draft.promotion('former')).toEqual(former);
  });

  it('leaves alone what was abandoned at another time', () => {
    const earlier = promotion('p', {
      outcome: 'abandoned',
      outcomeAt: observed(at('12:00')),
    });
    const draft = draftOf({ goneAt: at('13:00'), promotions: [earlier] });
    identifyApplication(draft, 'uid-1', at('13:10'));
    expect(draft.promotion('p')).toEqual(earlier);
  });

  it('abandons everything of an application that was created again', () => {
    const draft = world();
    identifyApplication(draft, 'uid-2', at('13:10'));
    expect(draft.allPromotions().map(({ outcome }) => outcome)).toEqual([
      'abandoned',
      'abandoned',
    ]);
    expect(draft.application).toBe(undefined);
    expect(draft.memory).toEqual({
      ...emptyMemory(),
      uid: 'uid-2',
      firstSeenAt: at('13:10'),
      repositories: {
        [API]: { applied: [], counts: { '1.0.0': 2 }, floor: 1 },
      },
    });
  });
});
