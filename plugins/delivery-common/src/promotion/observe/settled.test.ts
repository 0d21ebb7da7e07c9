import type { Application } from '../../model/application';
import {
  application,
  at,
  draftOf,
  entry,
  operation,
  sha,
} from '../__testUtils__/builders';
import { recordSettled } from './settled';

const REVISION = {
  repoUrl: '',
  revision: sha('a'),
  sourceIndex: 0,
  at: at('12:00'),
  position: 3,
};

/** Synced at 12:02:30 and Healthy since 12:05. */
function record(overrides: Partial<Application>, observedAt = '12:00') {
  const draft = draftOf({
    memory: { position: 4, revisions: [{ ...REVISION, at: at(observedAt) }] },
  });
  recordSettled(
    draft,
    application({
      history: [entry(2)],
      operation: operation(),
      reconciledAt: at('12:15'),
      ...overrides,
    }),
  );
  return draft.memory.settled;
}

describe('recordSettled', () => {
  it('covers what was observed, with the time of the latest sync', () => {
    expect(record({})).toEqual({ position: 3, at: at('12:02:30') });
  });

  it.each<[string, Partial<Application>, string | undefined]>([
    ['has been Healthy for a moment', { reconciledAt: at('12:14') }, undefined],
    ['is not Healthy', { health: { status: 'Progressing' } }, undefined],
    [
      'is out of sync',
      { sync: { status: 'OutOfSync', revisions: [sha('b')] } },
      undefined,
    ],
    ['is syncing', { operation: operation({ phase: 'Running' }) }, undefined],
    [
      'failed to sync',
      { operation: operation({ phase: 'Failed' }) },
      undefined,
    ],
    ['was never compared', { reconciledAt: undefined }, undefined],
    ['was compared before the evidence came', {}, '12:14'],
  ])('covers nothing while the application %s', (_, overrides, observedAt) => {
    expect(record(overrides, observedAt)).toBeUndefined();
  });
});
