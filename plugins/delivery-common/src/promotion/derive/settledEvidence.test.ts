import { API } from '../../testing/simulation';
import {
  at,
  type DraftOptions,
  draftOf,
  entry,
  evidence,
  observed,
  rollout,
  sha,
} from '../__testUtils__/builders';
import { applySettled } from './settledEvidence';

const LAST = evidence('1.0.1', 3);

function apply(
  tags: string[],
  { memory, ...options }: DraftOptions = {},
  items = [evidence('1.0.0', 2), LAST],
) {
  const { application: current } = observed(draftOf(), {
    images: tags.map(tag => `${API}:${tag}`),
    history: [entry(1), entry(2)],
  });
  const draft = draftOf({
    application: current,
    memory: {
      position: 3,
      settled: { position: 3, at: at('12:30') },
      ...memory,
    },
    ...options,
  });
  return { draft, isStarted: applySettled(draft, API, items) };
}

describe('applySettled', () => {
  it.each([
    ['no pod runs', []],
    ['pods run it, among others', ['0.9.0', '1.0.1']],
  ])('applies the last version of the configuration if %s', (_, tags) => {
    const { draft, isStarted } = apply(tags);
    expect(isStarted).toBe(true);
    expect(draft.allPromotions()).toMatchObject([
      { version: { tag: '1.0.1' }, sync: { historyId: 2 } },
    ]);
    expect(draft.repositoryMemory(API).target?.version).toEqual({
      tag: '1.0.1',
    });
  });

  const applied = rollout('a', '1.0.2', { position: 3, revisions: [sha('3')] });

  it.each<[string, string[], DraftOptions, (typeof LAST)[] | undefined]>([
    ['other pods run', ['1.0.0'], {}, undefined],
    [
      'it was observed later',
      [],
      { memory: { settled: undefined } },
      undefined,
    ],
    ['it is not certain', [], {}, [{ ...LAST, certain: false }]],
    [
      'it is the target',
      [],
      { repository: { target: { id: 'a', version: { tag: '1.0.1' } } } },
      undefined,
    ],
    ['a rollout covers it', [], { memory: { runs: [applied] } }, undefined],
    ['the application is unknown', [], { application: undefined }, undefined],
  ])('applies nothing if %s', (_, tags, options, items) => {
    expect(apply(tags, options, items).isStarted).toBe(false);
  });
});
