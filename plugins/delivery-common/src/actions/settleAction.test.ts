import type { Application } from '../model/application';
import { deployed, operation } from './__testUtils__/application';
import type { ActionTrace } from './progress';
import { ANSWER_MS, APPROVAL_MS, settleAction } from './settleAction';
import type { ActionRecord } from './types';

const ID = '0f5d3c9e-3d0f-4a4f-8f43-1f6f5f0f4f11';
const AT = '2026-11-23T04:20:00.000Z';

function record(changes: Partial<ActionRecord> = {}): ActionRecord {
  return {
    id: ID,
    action: 'sync',
    state: 'accepted',
    application: deployed().ref,
    environment: 'dev',
    user: 'user:default/ada',
    requestedAt: AT,
    changedAt: AT,
    ...changes,
  };
}

function after(ms: number): Date {
  return new Date(Date.parse(AT) + ms);
}

const OWN = { correlationId: ID };
const REVISIONS = { revisions: ['a'.repeat(40)] };
const SOON = 3000;

type Case = [
  what: string,
  record: Partial<ActionRecord>,
  trace: ActionTrace,
  application: Partial<Application>,
  state: string,
];

const CASES: Case[] = [
  ['a sync isn’t seen', {}, {}, {}, 'accepted'],
  [
    'a sync runs',
    { state: 'requested' },
    {},
    { operation: operation(OWN) },
    'accepted',
  ],
  [
    'a sync succeeded',
    {},
    {},
    { operation: operation({ ...OWN, phase: 'Succeeded' }) },
    'succeeded',
  ],
  [
    'a sync failed',
    {},
    {},
    { operation: operation({ ...OWN, phase: 'Failed' }) },
    'failed',
  ],
  [
    'a sync had an error',
    { state: 'unknown' },
    {},
    { operation: operation({ ...OWN, phase: 'Error' }) },
    'failed',
  ],
  [
    'an operation from before runs',
    {},
    {},
    { operation: operation({ startedAt: '2026-11-23T04:10:00Z' }) },
    'accepted',
  ],
  [
    'another operation took the place',
    {},
    {},
    { operation: operation({ startedAt: '2026-11-23T04:20:30Z' }) },
    'unknown',
  ],
  [
    'a rollback runs',
    { action: 'rollback' },
    REVISIONS,
    { operation: operation(REVISIONS) },
    'accepted',
  ],
  [
    'a rollback succeeded, by a clock that is behind',
    { action: 'rollback' },
    REVISIONS,
    {
      operation: operation({
        ...REVISIONS,
        phase: 'Succeeded',
        startedAt: '2026-11-23T04:19:58Z',
      }),
    },
    'succeeded',
  ],
  [
    'a sync to another revision isn’t the rollback',
    { action: 'rollback' },
    REVISIONS,
    { operation: operation() },
    'accepted',
  ],
  [
    'a dry run isn’t the rollback',
    { action: 'rollback' },
    REVISIONS,
    { operation: operation({ ...REVISIONS, dryRun: true }) },
    'accepted',
  ],
  [
    'an automated sync isn’t the rollback',
    { action: 'rollback' },
    REVISIONS,
    {
      operation: operation({ ...REVISIONS, initiatedBy: { automated: true } }),
    },
    'accepted',
  ],
  [
    'the operation still runs that was to be terminated',
    { action: 'terminate' },
    { operationStartedAt: '2026-11-23T04:20:00Z' },
    { operation: operation({ phase: 'Terminating' }) },
    'accepted',
  ],
  [
    'it was terminated',
    { action: 'terminate' },
    { operationStartedAt: '2026-11-23T04:20:00Z' },
    { operation: operation({ phase: 'Failed' }) },
    'succeeded',
  ],
  [
    'it was read again',
    { action: 'refresh' },
    {},
    { reconciledAt: '2026-11-23T04:20:02Z' },
    'succeeded',
  ],
  ['it wasn’t read again', { action: 'refresh' }, {}, {}, 'accepted'],
];

describe('settleAction', () => {
  it.each(CASES)('when %s', (_, changes, trace, application, state) => {
    const settled = settleAction(
      record(changes),
      trace,
      deployed(application),
      after(SOON),
    );
    expect(settled.record.state).toBe(state);
    const isOpen = state === 'accepted';
    expect(settled.checkAt !== undefined).toBe(isOpen);
  });

  it('keeps Argo CD’s message', () => {
    const failed = operation({ ...OWN, phase: 'Failed', message: 'no quota' });
    const settled = settleAction(
      record(),
      {},
      deployed({ operation: failed }),
      after(SOON),
    );
    expect(settled.record).toMatchObject({
      message: 'no quota',
      changedAt: after(SOON).toISOString(),
    });
  });

  it.each<[string, Partial<ActionRecord>, number, string, boolean]>([
    [
      'an answer may come',
      { state: 'requested' },
      ANSWER_MS - 1,
      'requested',
      true,
    ],
    ['no answer can come', { state: 'requested' }, ANSWER_MS, 'unknown', true],
    ['its effect may come', {}, 1_700_000, 'accepted', true],
    ['its effect never came', {}, 1_800_000, 'unknown', false],
    ['nothing is known', { state: 'unknown' }, 1_800_000, 'unknown', false],
    [
      'somebody may approve it',
      { state: 'waiting' },
      APPROVAL_MS - 1,
      'waiting',
      true,
    ],
    [
      'nobody approved it',
      { state: 'waiting' },
      APPROVAL_MS,
      'rejected',
      false,
    ],
  ])('while %s', (_, changes, ms, state, isChecked) => {
    const settled = settleAction(record(changes), {}, deployed(), after(ms));
    expect(settled.record.state).toBe(state);
    expect(settled.checkAt !== undefined).toBe(isChecked);
  });

  it('ends when the application is gone', () => {
    const settled = settleAction(record(), {}, undefined, after(SOON));
    expect(settled).toMatchObject({ record: { state: 'unknown' } });
    expect(settled.checkAt).toBeUndefined();
  });

  it('returns the same record if nothing changed', () => {
    const open = record();
    expect(settleAction(open, {}, deployed(), after(SOON)).record).toBe(open);
  });
});
