import type { ApplicationHistoryEntry } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { API } from '../../testing/simulation';
import {
  application,
  at,
  type DraftOptions,
  draftOf,
  entry,
  promotion,
  rollout,
  sha,
  updaterCommit,
} from '../__testUtils__/builders';
import { reported } from '../stageTimes';
import { importHistory } from './importHistory';

const TAGS: Record<string, string> = { a: '1.0.1', b: '1.0.2', c: '1.0.3' };
const revisions = Object.entries(TAGS).map(([digit, tag]) =>
  updaterCommit(sha(digit), tag),
);
const historyOf = (digits: string, first = 1): ApplicationHistoryEntry[] =>
  [...digits].map((digit, index) =>
    entry(first + index, { revisions: [sha(digit)] }),
  );

function run(
  history: ApplicationHistoryEntry[],
  options: DraftOptions = {},
  historyId = history.at(-1)?.id,
) {
  const draft = draftOf({
    application: application({
      history,
      sync: { status: 'OutOfSync', revisions: [sha('f')] },
    }),
    revisions,
    repository: { historyId },
    ...options,
  });
  const isAdded = importHistory(draft, API);
  const imported = draft
    .allPromotions()
    .filter(({ sync }) => sync)
    .map(p => [p.sync?.historyId, p.version.tag, p.outcome]);
  return { draft, isAdded, imported };
}
const synced = (
  id: string,
  historyId: number,
  overrides: Partial<Promotion>,
): Promotion =>
  promotion(id, {
    sync: {
      historyId,
      revisions: [],
      finishedAt: entry(historyId).deployedAt,
    },
    ...overrides,
  });

describe('importHistory', () => {
  it('imports what was replaced, and not what the last entry deployed', () => {
    const { imported, isAdded } = run(historyOf('abc'));
    expect(imported).toEqual([
      [1, '1.0.1', 'superseded'],
      [2, '1.0.2', 'superseded'],
    ]);
    expect(isAdded).toBe(false);
  });

  it('imports a rollback, and what was rolled back', () => {
    expect(run(historyOf('abac')).imported).toEqual([
      [1, '1.0.1', 'superseded'],
      [2, '1.0.2', 'rolled-back'],
      [3, '1.0.1', 'superseded'],
    ]);
  });

  it('imports a version once, however often it was deployed', () => {
    expect(run(historyOf('aaab')).imported).toEqual([
      [1, '1.0.1', 'superseded'],
    ]);
  });

  it('imports nothing after what is accounted for', () => {
    expect(run(historyOf('abc'), {}, 2).imported).toEqual([
      [1, '1.0.1', 'superseded'],
    ]);
  });

  it.each<[string, DraftOptions]>([
    ['is gone', { goneAt: at('13:00') }],
    ['has nothing that is accounted for', { repository: {} }],
    ['was not observed', { application: undefined }],
    ['has commits of which nothing is known', { revisions: [] }],
  ])('imports nothing of an application that %s', (_, options) => {
    expect(run(historyOf('abc'), options).imported).toEqual([]);
  });

  it.each([
    [4, false],
    [0, true],
  ])(
    'imports a first entry with id %s, without a commit of its own: %s',
    (first, expected) => {
      // The version of the first entry is known from the last entry, which
      // repeats it.
      const target = { id: 'x', version: { tag: '1.0.7' } };
      const between = synced('p', first + 1, { version: { tag: '1.0.9' } });
      const { imported } = run(historyOf('ded', first), {
        promotions: [between],
        repository: { historyId: first + 2, target },
      });
      expect(imported).toEqual([
        [first + 1, '1.0.9', undefined],
        ...(expected ? [[first, '1.0.7', 'superseded']] : []),
      ]);
    },
  );

  it('continues a promotion that is live', () => {
    const live = synced('live', 1, {
      version: { tag: '1.0.1' },
      outcome: 'live',
      outcomeAt: reported(at('12:01:40')),
    });
    const { draft, imported } = run(historyOf('abab'), { promotions: [live] });
    expect(imported.map(([id]) => id)).toEqual([1, 2]);
    expect(draft.promotion('live')?.outcome).toBe('live');
  });

  it('adds the commit to a promotion that was imported without it', () => {
    const own = synced('p', 2, { version: { tag: '1.0.2' } });
    const commitOf = (options: DraftOptions) =>
      run(historyOf('abc'), options).draft.promotion('p')?.commit?.revision;
    expect(commitOf({ promotions: [own] })).toBe(sha('b'));
    expect(commitOf({ promotions: [{ ...own, rollback: true }] })).toBe(
      undefined,
    );
    expect(
      commitOf({ promotions: [{ ...own, version: { tag: '1.0.9' } }] }),
    ).toBe(undefined);
    expect(
      commitOf({
        promotions: [own],
        memory: { runs: [rollout('p', '1.0.2')] },
      }),
    ).toBe(undefined);
  });

  it('changes nothing the second time', () => {
    const { draft } = run(historyOf('abac'));
    const before = draft.allPromotions();
    importHistory(draft, API);
    expect(draft.allPromotions()).toEqual(before);
  });
});
