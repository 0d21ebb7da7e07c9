import type { Application } from '../../model/application';
import { API, WEB } from '../../testing/simulation';
import {
  application,
  at,
  type DraftOptions,
  draftOf,
  entry,
  operation,
  sha,
} from '../__testUtils__/builders';
import { findApplied } from './findApplied';

const unfinished = {
  operation: { startedAt: at('12:01'), position: 4, finished: false },
};

function find(overrides: Partial<Application>, options: DraftOptions = {}) {
  const draft = draftOf({ memory: unfinished, ...options });
  findApplied(draft, {
    kind: 'application-observed',
    application: application(overrides),
    seenAt: at('13:00'),
  });
  return draft;
}

describe('findApplied', () => {
  const images = [`${API}:1.0.1`, `${WEB}:2.0.0`];
  const applied = { images, operation: operation({ images }) };
  const versions = (draft: ReturnType<typeof find>) =>
    draft.memory.runs.map(run => [run.repository, run.version.tag]);

  it('starts a rollout of every repository that the operation applied', () => {
    const draft = find({ ...applied, history: [entry(1)] });
    expect(versions(draft)).toEqual([
      [API, '1.0.1'],
      [WEB, '2.0.0'],
    ]);
    expect(draft.memory.runs[0].position).toBe(4);
  });

  it('starts a rollout of the only pod of each repository, by the history', () => {
    const draft = find(
      { images, history: [entry(1)] },
      { memory: { operation: undefined } },
    );
    expect(versions(draft)).toEqual([
      [API, '1.0.1'],
      [WEB, '2.0.0'],
    ]);
  });

  it('takes the result of an operation into account once', () => {
    const draft = find({ ...applied, history: [] });
    expect(draft.memory.operation?.finished).toBe(true);
    const again = find(
      { ...applied, images: [], history: [] },
      { memory: { operation: { ...unfinished.operation, finished: true } } },
    );
    expect(again.memory.runs).toEqual([]);
  });

  it.each([
    ['runs', { phase: 'Running' as const }],
    ['is a dry run', { dryRun: true }],
    ['failed', { phase: 'Failed' as const }],
  ])('finds nothing in the result of an operation that %s', (_, overrides) => {
    const draft = find({
      images: [],
      operation: operation({ images, ...overrides }),
    });
    expect(draft.memory.runs).toEqual([]);
  });

  it('remembers the latest failures, and none of a dry run', () => {
    const failing = operation({
      phase: 'Failed',
      message: 'hook failed',
      revisions: [sha('b')],
    });
    const known = Array.from({ length: 8 }, (_, index) => ({
      revisions: [],
      startedAt: at(`11:0${index}`),
      position: index,
    }));
    const draft = find(
      { operation: failing },
      { memory: { ...unfinished, failures: known } },
    );
    expect(draft.memory.failures).toEqual([
      ...known.slice(1),
      {
        revisions: [sha('b')],
        startedAt: at('12:01'),
        finishedAt: at('12:02'),
        message: 'hook failed',
        position: 4,
      },
    ]);
    const dry = find({ operation: { ...failing, dryRun: true } });
    expect(dry.memory.failures).toEqual([]);
    expect(dry.memory.operation?.finished).toBe(true);
  });
});
