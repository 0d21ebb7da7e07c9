import type { ActionRecord } from '../actions/types';
import { mayBeReplaced, settleChange } from './settleChange';

const REPOSITORY = 'registry.example.com/shop/api';
const NOW = new Date('2026-01-02T00:00:00.000Z');
const RECORD: ActionRecord = {
  id: '1',
  action: 'promote',
  state: 'accepted',
  application: { instance: 'main', namespace: 'argocd', name: 'api' },
  environment: 'prod',
  user: 'user:default/jo',
  requestedAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
  version: { repository: REPOSITORY, tag: '1.4.3', from: '1.4.2' },
  change: { kind: 'request', url: 'https://g/1', requestState: 'open' },
};
const application = (
  images: string[],
  status: 'Synced' | 'OutOfSync' = 'Synced',
) => ({ images, sync: { status, revisions: [] } });
const OLD = application([`${REPOSITORY}:1.4.2`]);
const NEW = application([`${REPOSITORY}:1.4.3`, 'other/sidecar:1']);

describe('settleChange', () => {
  it.each([
    ['an open request', OLD, 'open', 'accepted', 'open'],
    ['a merged request', OLD, 'merged', 'accepted', 'merged'],
    ['a closed request', OLD, 'closed', 'failed', 'closed'],
    ['a live version', NEW, 'merged', 'succeeded', 'merged'],
    [
      'a rollout in progress',
      application([`${REPOSITORY}:1.4.2`, `${REPOSITORY}:1.4.3`]),
      'merged',
      'accepted',
      'merged',
    ],
    [
      'a version that Argo CD has yet to sync wholly',
      application([`${REPOSITORY}:1.4.3`], 'OutOfSync'),
      'merged',
      'accepted',
      'merged',
    ],
    ['no images', application([]), 'merged', 'accepted', 'merged'],
    ['no application', undefined, 'open', 'unknown', 'open'],
  ] as const)('%s', (_, app, state, expected, requestState) => {
    const settled = settleChange(
      RECORD,
      {
        application: app && { ...app, images: [...app.images] },
        request: { state, url: 'https://g/1' },
        isHeld: false,
      },
      NOW,
    );
    expect(settled.state).toBe(expected);
    expect(settled.change?.requestState).toBe(requestState);
    expect(settled.changedAt).toBe(
      expected === 'accepted' ? RECORD.changedAt : NOW.toISOString(),
    );
  });

  it.each([
    ['open', true, 'approved'],
    ['open', false, 'open'],
    ['open', undefined, 'open'],
    ['merged', true, 'merged'],
  ] as const)(
    'a request that is %s, approved: %s',
    (state, approved, shown) => {
      const facts = {
        application: OLD,
        request: { state, approved, url: 'https://g/1' },
        isHeld: false,
      };
      const settled = settleChange(RECORD, facts, NOW);
      expect(settled.change?.requestState).toBe(shown);
      // An approval can be withdrawn, and a merge ends it.
      const later = settleChange(
        { ...RECORD, change: { kind: 'request', requestState: 'approved' } },
        facts,
        NOW,
      );
      expect(later.change?.requestState).toBe(shown);
    },
  );

  it('is the same object if nothing is new', () => {
    const facts = { application: OLD, isHeld: false };
    expect(settleChange(RECORD, facts, NOW)).toBe(RECORD);
    const done: ActionRecord = { ...RECORD, state: 'succeeded' };
    expect(settleChange(done, { ...facts, application: NEW }, NOW)).toBe(done);
  });

  it('ends after a month', () => {
    const later = new Date('2026-02-02T00:00:00.000Z');
    const facts = { application: OLD, isHeld: false };
    expect(settleChange(RECORD, facts, later).state).toBe('unknown');
  });

  it.each([
    [true, 'merged', 'accepted'],
    [false, 'merged', 'succeeded'],
    [false, 'open', 'accepted'],
    [false, 'approved', 'accepted'],
  ] as const)('resumes: held %s, request %s', (isHeld, state, expected) => {
    const { version: _version, ...record } = RECORD;
    const resume: ActionRecord = {
      ...record,
      action: 'resume-updates',
      change: { kind: 'request', requestState: state },
    };
    const facts = { application: OLD, isHeld };
    expect(settleChange(resume, facts, NOW).state).toBe(expected);
  });

  describe('of a version that is held', () => {
    const held: ActionRecord = {
      ...RECORD,
      action: 'revert',
      change: { kind: 'commit' },
    };

    it.each([
      ['runs, and is held', NEW, true, undefined, 'succeeded'],
      ['runs, and isn’t held yet', NEW, false, undefined, 'accepted'],
      ['is in Git, and doesn’t run yet', OLD, true, '1.4.3', 'accepted'],
      ['was replaced', OLD, true, '1.4.4', 'failed'],
    ] as const)('%s', (_, app, isHeld, committedTag, expected) => {
      const facts = { application: app, isHeld, holds: true, committedTag };
      const settled = settleChange(held, facts, NOW);
      expect(settled.state).toBe(expected);
      expect(settled.message ?? '').toContain(
        expected === 'failed' ? '1.4.4 was set before the hold' : '',
      );
    });

    it.each([
      ['another one runs', OLD, true, true, 'commit', true],
      ['it runs', NEW, true, true, 'commit', false],
      ['it isn’t held yet', OLD, false, true, 'commit', false],
      ['it isn’t to be held', OLD, true, false, 'commit', false],
      ['its request is open', OLD, true, true, 'request', false],
      ['there is no application', undefined, true, true, 'commit', false],
    ] as const)('is read in Git if %s', (_, app, isHeld, holds, kind, read) => {
      const change = { kind, requestState: 'open' as const };
      const facts = { application: app, isHeld, holds };
      expect(mayBeReplaced({ ...held, change }, facts)).toBe(read);
    });
  });
});
