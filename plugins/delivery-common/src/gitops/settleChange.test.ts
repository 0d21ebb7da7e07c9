import type { ActionRecord } from '../actions/types';
import { settleChange } from './settleChange';

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
});
