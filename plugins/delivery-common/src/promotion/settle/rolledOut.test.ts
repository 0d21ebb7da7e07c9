import type { Application } from '../../model/application';
import type { ImageVersion, Promotion } from '../../model/promotion';
import { API, WEB } from '../../testing/simulation';
import {
  at,
  draftOf,
  observed,
  operation,
  promotion,
  sha,
} from '../__testUtils__/builders';
import { isRolledOut, isSyncOver, settledMs } from './rolledOut';

const NEW: ImageVersion = { tag: '1.1.0' };
const SYNC: Promotion['sync'] = {
  historyId: 1,
  revisions: [sha('a')],
  startedAt: at('12:01'),
  finishedAt: at('12:02'),
};
const OWN = promotion('new', { version: NEW, sync: SYNC });

/** Healthy since 12:05, and last compared at `reconciledAt`. */
function world(
  reconciledAt: string,
  tags: string[],
  overrides: Partial<Application> = {},
) {
  const draft = draftOf({
    repository: { target: { id: 'new', version: NEW }, applied: [NEW] },
  });
  return observed(
    draft,
    {
      operation: operation({ images: [`${API}:1.1.0`] }),
      reconciledAt: at(reconciledAt),
      ...overrides,
    },
    tags,
  );
}

describe('isRolledOut', () => {
  it.each<[string, string, string[], boolean]>([
    ['only the new version runs', '12:05', ['1.1.0'], true],
    ['both run, Healthy for a moment', '12:05:01', ['1.0.0', '1.1.0'], false],
    ['both run for good', '12:06', ['1.0.0', '1.1.0'], true],
    ['no pod runs, Healthy for a moment', '12:05:01', [], false],
    ['no pod runs for good', '12:06', [], true],
    ['only the former version runs', '12:06', ['1.0.0'], false],
    ['only the former version runs for good', '12:15', ['1.0.0'], true],
  ])('%s', (_, reconciledAt, tags, expected) => {
    expect(isRolledOut(world(reconciledAt, tags), OWN)).toBe(expected);
  });

  it('is false if the application no longer uses the image', () => {
    const images = [`${WEB}:2.0.0`];
    const left = world('12:30', [], { operation: operation({ images }) });
    expect(isRolledOut(left, OWN)).toBe(false);
  });

  it('is false for other pods if no time of the sync is known', () => {
    const unknown = world('12:30', [], { operation: undefined });
    expect(isRolledOut(unknown, promotion('new'))).toBe(false);
  });
});

describe('settledMs', () => {
  it.each<[string, Partial<Application>, number | undefined]>([
    ['counts from the health', {}, 60_000],
    [
      'counts from the sync if the health changed before',
      { health: { status: 'Healthy', lastTransitionTime: at('11:00') } },
      240_000,
    ],
    ['needs Healthy', { health: { status: 'Progressing' } }, undefined],
    ['needs a comparison', { reconciledAt: undefined }, undefined],
  ])('%s', (_, overrides, expected) => {
    const { application } = world('12:06', [], overrides);
    expect(settledMs(application, OWN)).toBe(expected);
  });
});

describe('isSyncOver', () => {
  const later = { startedAt: at('12:03'), finishedAt: at('12:04') };
  const other = { ...later, revisions: [sha('b')] };

  it.each<[string, string, Application['operation'], boolean]>([
    ['there is no operation', '12:06', undefined, true],
    ['it succeeded', '12:06', operation(), true],
    ['it runs', '12:06', operation({ phase: 'Running' }), false],
    [
      'one of another revision runs',
      '12:06',
      operation({ ...other, phase: 'Running' }),
      true,
    ],
    [
      'one of another revision runs, and no comparison followed the sync',
      '12:02',
      operation({ ...other, phase: 'Running' }),
      false,
    ],
    [
      'one of another revision failed',
      '12:06',
      operation({ ...other, phase: 'Failed' }),
      true,
    ],
    [
      'the same revision failed again',
      '12:06',
      operation({ ...later, phase: 'Failed' }),
      false,
    ],
    [
      'the same revision failed again, but the application stays Healthy',
      '12:15',
      operation({ ...later, phase: 'Failed' }),
      true,
    ],
  ])('%s', (_, reconciledAt, own, expected) => {
    const { application } = world(reconciledAt, [], { operation: own });
    expect(isSyncOver(application, OWN)).toBe(expected);
  });
});
