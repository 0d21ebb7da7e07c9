import type { Application } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import {
  application,
  at,
  draftOf,
  entry,
  observed,
  operation,
  promotion,
  rollout,
} from '../__testUtils__/builders';
import * as stageTimes from '../stageTimes';
import { degradedReason, settleFailure } from './degraded';

const { reported } = stageTimes;
const SYNC = { historyId: 2, revisions: [], startedAt: at('12:02') };
const unwell = (name: string, message?: string) => ({
  group: 'apps',
  kind: 'Deployment',
  name,
  health: { status: 'Degraded' as const, message },
});
const degraded = (lastTransitionTime?: string): Partial<Application> => ({
  health: { status: 'Degraded', lastTransitionTime },
  history: [entry(1), entry(2)],
});

function settle(
  overrides: Partial<Application>,
  {
    pods = ['1.0.1', '1.0.0'],
    own = {},
  }: { pods?: string[]; own?: Partial<Promotion> } = {},
): Promotion | undefined {
  const before = promotion('p', {
    version: { tag: '1.0.1' },
    sync: SYNC,
    ...own,
  });
  const draft = draftOf({
    promotions: [before],
    repository: {
      target: { id: 'p', version: { tag: '1.0.1' } },
      historyId: 2,
    },
  });
  settleFailure(observed(draft, overrides, pods), before);
  return draft.promotion('p');
}

describe('settleFailure', () => {
  const alone = { pods: ['1.0.1'] };
  const later = [entry(1), entry(2), entry(3)];

  it.each([
    ['the health changed since the sync', degraded(at('12:03')), {}, true],
    ['the health is that of before', degraded(at('12:01')), {}, false],
    ['it alone runs, and was assessed', degraded(at('12:01')), alone, true],
    [
      'it alone runs, and was not assessed',
      { ...degraded(at('12:01')), operation: operation({ phase: 'Running' }) },
      alone,
      false,
    ],
    [
      'another sync followed',
      { ...degraded(at('12:05')), history: later },
      {},
      false,
    ],
    [
      'another sync followed, but it alone runs',
      { ...degraded(at('12:05')), history: later },
      alone,
      true,
    ],
    ['the application is Healthy', {}, alone, false],
    [
      'it was never synced',
      degraded(at('12:03')),
      { own: { sync: undefined } },
      false,
    ],
  ])('%s', (_, overrides, options, expected) => {
    expect(settle(overrides, options)?.outcome === 'failed').toBe(expected);
  });

  it('takes the time of the transition, else that of the observation', () => {
    expect(settle(degraded(at('12:03')))?.outcomeAt).toEqual(
      reported(at('12:03')),
    );
    expect(settle(degraded(at('12:01')), alone)?.outcomeAt).toEqual(
      stageTimes.observed(at('13:00')),
    );
  });

  it('keeps the first failure, and the time of a failure that lasts', () => {
    const outcomeAt = reported(at('12:02:30'));
    const failure = {
      at: outcomeAt,
      reason: {
        code: 'promotion.sync-failed' as const,
        parameters: { message: 'hook failed' },
      },
    };
    const own = { outcome: 'failed' as const, outcomeAt, failure };
    expect(settle(degraded(at('12:03')), { own })).toMatchObject(own);
  });

  it.each([
    ['nothing without an earlier failure', undefined, undefined],
    [
      'its own behind an earlier one',
      { at: reported(at('12:01')) },
      { at: reported(at('12:03')) },
    ],
  ])('remembers %s, however often it is seen', (_, failure, expected) => {
    const own = promotion('p', {
      version: { tag: '1.0.1' },
      sync: SYNC,
      // Its hooks ran on after the application was Degraded.
      stages: { synced: reported(at('12:04')) },
      failure,
    });
    const draft = draftOf({
      promotions: [own],
      repository: {
        target: { id: 'p', version: { tag: '1.0.1' } },
        historyId: 2,
      },
      memory: { runs: [rollout('p', '1.0.1')] },
    });
    const seen = () => {
      const [before] = draft.allPromotions();
      settleFailure(observed(draft, degraded(at('12:03'))), before);
      return [draft.allPromotions(), draft.memory.runs];
    };
    const first = seen();
    expect(draft.memory.runs[0].degraded).toEqual(expected);
    expect(draft.promotion('p')?.outcomeAt).toEqual(reported(at('12:04')));
    expect(seen()).toEqual(first);
  });
});

describe('degradedReason', () => {
  const of = (message: string | undefined, ...names: string[]) =>
    degradedReason(
      application({
        health: { status: 'Degraded', message },
        resources: {
          total: 9,
          outOfSync: 0,
          unwell: [
            { ...unwell('fine'), health: { status: 'Progressing' } },
            ...names.map(name =>
              unwell(name, name === 'a' ? 'no image' : undefined),
            ),
          ],
        },
      }),
    );

  it.each([
    ['the application’s own', ['too many restarts', 'a'], 'too many restarts'],
    [
      'those of resources',
      [undefined, 'a', 'b'],
      'Deployment a: no image; Deployment b',
    ],
    [
      'no more than three',
      [undefined, 'a', 'b', 'c', 'd'],
      'Deployment a: no image; Deployment b; Deployment c',
    ],
    ['none', [undefined], undefined],
  ])('is %s', (_, [message, ...names], expected) => {
    expect(of(message, ...names.flatMap(name => name ?? []))).toBe(expected);
  });
});
