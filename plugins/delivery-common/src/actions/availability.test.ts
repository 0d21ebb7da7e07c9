import type { Application } from '../model/application';
import { deployed, operation } from './__testUtils__/application';
import { describeRefusal, refusalOf, refusalOfRequest } from './availability';
import { ACTION_CODES, type ActionCode, GIT_ACTIONS } from './types';

const RUNNING = deployed({ operation: operation() });
const TERMINATING = deployed({
  operation: operation({ phase: 'Terminating' }),
});
const AUTOMATED = deployed({ automatedSync: true });
const DELETING = deployed({ deletedAt: '2026-11-23T04:20:00Z' });
const NEW = deployed({ history: [] });
const ROLLOUT: ActionCode[] = [
  'rollout-promote',
  'rollout-promote-full',
  'rollout-abort',
  'rollout-retry',
  'rollout-restart',
];

describe('refusalOf', () => {
  it.each<[ActionCode, string, Application, string | undefined]>([
    ['refresh', 'while an operation runs', RUNNING, undefined],
    ['hard-refresh', 'while it is deleted', DELETING, undefined],
    ['sync', 'at rest', deployed(), undefined],
    ['sync', 'with automated sync', AUTOMATED, undefined],
    ['sync', 'while an operation runs', RUNNING, 'operation-running'],
    ['sync', 'while one is terminated', TERMINATING, 'operation-running'],
    ['sync', 'while it is deleted', DELETING, 'deleting'],
    ['terminate', 'at rest', deployed(), 'no-operation'],
    [
      'terminate',
      'after an operation',
      deployed({ operation: operation({ phase: 'Failed' }) }),
      'no-operation',
    ],
    ['terminate', 'while an operation runs', RUNNING, undefined],
    ['rollback', 'with manual sync', deployed(), undefined],
    ['rollback', 'with automated sync', AUTOMATED, 'automated-sync'],
    ['rollback', 'while an operation runs', RUNNING, 'operation-running'],
    ['rollback', 'before the first deployment', NEW, 'history-empty'],
    ['rollback', 'while it is deleted', DELETING, 'deleting'],
    ['rollout-promote', 'while an operation runs', RUNNING, undefined],
  ])('%s %s', (action, _, application, code) => {
    expect(refusalOf(action, application)?.code).toBe(code && `action.${code}`);
  });

  it.each(ROLLOUT)('%s needs a Rollout, as far as that is known', action => {
    const codeOf = (rollouts?: number) =>
      refusalOf(action, deployed(), { rollouts })?.code;
    expect([codeOf(0), codeOf(1), codeOf()]).toEqual([
      'action.no-rollout',
      undefined,
      undefined,
    ]);
  });

  it.each(GIT_ACTIONS)('leaves %s to the rules of Git', action => {
    expect(refusalOf(action, RUNNING)).toBeUndefined();
  });

  it('knows every action', () => {
    const codes: Record<ActionCode, true> = {
      refresh: true,
      'hard-refresh': true,
      sync: true,
      terminate: true,
      rollback: true,
      'rollout-promote': true,
      'rollout-promote-full': true,
      'rollout-abort': true,
      'rollout-retry': true,
      'rollout-restart': true,
      promote: true,
      revert: true,
      'resume-updates': true,
    };
    expect([...ACTION_CODES].sort()).toEqual(Object.keys(codes).sort());
  });
});

describe('refusalOfRequest', () => {
  const expected = { actionKey: 'k' };

  it.each([
    [1, undefined],
    [2, undefined],
    [3, 'action.history-missing'],
  ])('for a rollback to %s: %s', (historyId, code) => {
    expect(
      refusalOfRequest({ action: 'rollback', historyId, expected }, deployed())
        ?.code,
    ).toBe(code);
  });

  it('has the rules of its action', () => {
    expect(refusalOfRequest({ action: 'sync', expected }, RUNNING)?.code).toBe(
      'action.operation-running',
    );
  });
});

describe('describeRefusal', () => {
  it('has both sentences, with the parameters of either', () => {
    expect(
      describeRefusal(
        { code: 'action.not-proven', parameters: {} },
        { mark: 'a: b' },
      ),
    ).toEqual({
      code: 'action.not-proven',
      parameters: { mark: 'a: b' },
      message: 'Nothing proves that the application belongs to this entity',
      advice:
        'Give the application the annotation a: b, or assign its AppProject to the owner in delivery.access.projects',
    });
    expect(
      describeRefusal({
        code: 'action.history-missing',
        parameters: { historyId: '7' },
      }).message,
    ).toBe("The application's history no longer has the deployment 7");
  });
});
