import type { ActionRecord } from '../actions/types';
import {
  isLostChange,
  LOST_CHANGE_MS,
  type LostChange,
  settleLostChange,
} from './settleLostChange';

const AT = '2026-01-01T00:00:00.000Z';
const MINUTE_MS = 60_000;
const URL = 'https://git.example.com/1';
const REPO_URL = 'https://git.example.com/shop/deploy.git';
const REQUEST: LostChange = {
  kind: 'request',
  request: { state: 'open', url: URL },
};

function record(changes: Partial<ActionRecord> = {}): ActionRecord {
  return {
    id: '1',
    action: 'promote',
    state: 'unknown',
    application: { instance: 'main', namespace: 'argocd', name: 'api' },
    environment: 'prod',
    user: 'user:default/jo',
    requestedAt: AT,
    changedAt: AT,
    message: 'git.example.com did not answer',
    ...changes,
  };
}

function after(minutes: number): Date {
  return new Date(Date.parse(AT) + minutes * MINUTE_MS);
}

describe('settleLostChange', () => {
  it.each<[string, ActionRecord['state'], LostChange | undefined, number]>([
    ['a commit', 'unknown', { kind: 'commit', url: URL }, 1],
    ['a commit of a killed replica', 'requested', { kind: 'commit' }, 1],
    ['a merge request', 'unknown', REQUEST, 1],
  ])('finds %s', (_, state, found, minutes) => {
    const settled = settleLostChange(record({ state }), found, after(minutes));
    expect(settled).toMatchObject({
      state: 'accepted',
      change: { kind: found?.kind },
      changedAt: after(minutes).toISOString(),
    });
    expect(settled.message).toBeUndefined();
  });

  it.each<
    [string, ActionRecord['state'], LostChange | undefined, number, string]
  >([
    ['nothing yet', 'unknown', { kind: 'none' }, 1, 'unknown'],
    ['nothing any more', 'unknown', { kind: 'none' }, 2, 'failed'],
    [
      'a branch alone',
      'unknown',
      { kind: 'branch', branch: 'landfall/1', repoUrl: REPO_URL },
      2,
      'failed',
    ],
    ['a host that can’t say', 'unknown', undefined, 60, 'unknown'],
    ['a replica that works', 'requested', { kind: 'none' }, 1, 'requested'],
    ['a killed replica', 'requested', { kind: 'none' }, 2, 'unknown'],
  ])('knows of %s', (_, state, found, minutes, expected) => {
    const before = record({ state });
    const settled = settleLostChange(before, found, after(minutes));
    expect(settled.state).toBe(expected);
    expect(settled === before).toBe(state === expected);
  });

  it('says what to do about a branch without a merge request', () => {
    const found = {
      kind: 'branch',
      branch: 'landfall/1',
      repoUrl: REPO_URL,
    } as const;
    expect(settleLostChange(record(), found, after(2)).message).toContain(
      `The branch landfall/1 of ${REPO_URL} was pushed`,
    );
  });
});

describe('isLostChange', () => {
  it.each<[string, Partial<ActionRecord>, number, boolean]>([
    ['unknown', {}, 60, true],
    ['unknown for long', {}, LOST_CHANGE_MS / MINUTE_MS, false],
    ['requested', { state: 'requested' }, 1, true],
    ['found', { change: { kind: 'commit' } }, 1, false],
    ['accepted', { state: 'accepted' }, 1, false],
    ['failed', { state: 'failed' }, 1, false],
  ])('%s', (_, changes, minutes, expected) => {
    expect(isLostChange(record(changes), after(minutes))).toBe(expected);
  });
});
