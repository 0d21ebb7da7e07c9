import type { Application } from '../../model/application';
import { API } from '../../testing/simulation';
import {
  application,
  at,
  CONFIG,
  draftOf,
  operation,
  sha,
  source,
} from '../__testUtils__/builders';
import type { PromotionDraft } from '../PromotionDraft';
import { recordEvidence } from './recordEvidence';

function record(
  draft: PromotionDraft,
  overrides: Partial<Application>,
  seenAt = at('12:00'),
): PromotionDraft {
  recordEvidence(draft, {
    kind: 'application-observed',
    application: application(overrides),
    seenAt,
  });
  return draft;
}

const outOfSync = (...digits: string[]) => ({
  sync: { status: 'OutOfSync' as const, revisions: digits.map(sha) },
});
const revisions = ({ memory }: PromotionDraft) =>
  memory.revisions.map(({ revision, at: time }) => [revision[0], time]);

describe('recordEvidence', () => {
  it('remembers a head when it is first observed, and again when it is back', () => {
    const draft = draftOf();
    record(draft, outOfSync('b'), at('12:00'));
    record(draft, outOfSync('b'), at('12:01'));
    record(draft, outOfSync('c'), at('12:02'));
    record(draft, outOfSync('b'), at('12:03'));
    expect(revisions(draft)).toEqual([
      ['b', at('12:00')],
      ['c', at('12:02')],
      ['b', at('12:03')],
    ]);
  });

  it.each(['Synced', 'Unknown'] as const)(
    'ignores a head that is %s',
    status => {
      const draft = record(draftOf(), {
        sync: { status, revisions: [sha('b')] },
      });
      expect(draft.memory.revisions).toEqual([]);
    },
  );

  it('keeps the latest revisions of each source', () => {
    const draft = draftOf();
    const sources = [source(), source()];
    record(draft, { ...outOfSync('e', 'f'), sources });
    for (let number = 0; number < 40; number += 1) {
      const revision = number % 2 ? 'a' : 'b';
      record(draft, { ...outOfSync(revision, 'f'), sources });
    }
    const { memory } = draft;
    const of = (index: number) =>
      memory.revisions.filter(({ sourceIndex }) => sourceIndex === index);
    expect(of(0)).toHaveLength(24);
    expect(of(1)).toHaveLength(1);
    expect(of(0).some(({ revision }) => revision === sha('e'))).toBe(false);
  });

  it('remembers versions in parameters when they change', () => {
    const draft = draftOf();
    for (const tag of ['1.0.0', '1.0.0', '1.0.1']) {
      record(draft, { sources: [source(tag)] });
    }
    expect(draft.memory.versions).toEqual(
      ['1.0.0', '1.0.1'].map(tag => ({
        repository: API,
        version: { tag },
        at: at('12:00'),
        position: 1,
      })),
    );
  });

  describe('of an operation', () => {
    const running = operation({
      phase: 'Running',
      startedAt: at('12:10'),
      revisions: [sha('b')],
      images: [`${API}:1.0.1`],
    });
    const observe = (overrides: Partial<typeof running>) =>
      record(
        record(
          draftOf({ repository: { applied: [{ tag: '1.0.0' }] } }),
          outOfSync('b'),
        ),
        { ...outOfSync('b'), operation: { ...running, ...overrides } },
        at('12:11'),
      ).memory;

    it.each(['Running', 'Failed'] as const)(
      'which is %s, remembers what its revision contains, since that was head',
      phase => {
        expect(observe({ phase }).versions).toEqual([
          {
            repository: API,
            version: { tag: '1.0.1' },
            at: at('12:00'),
            position: 1,
            revision: sha('b'),
            sourceIndex: 0,
          },
        ]);
      },
    );

    it('counts from the last time its revision became head', () => {
      const draft = draftOf();
      record(draft, outOfSync('b'), at('12:00'));
      record(draft, outOfSync('c'), at('12:01'));
      record(draft, outOfSync('b'), at('12:02'));
      record(draft, { ...outOfSync('b'), operation: running }, at('12:11'));
      expect(draft.memory.versions.map(({ at: time }) => time)).toEqual([
        at('12:02'),
      ]);
    });

    it.each([
      ['succeeded', { phase: 'Succeeded' as const }],
      ['is a dry run', { dryRun: true }],
      ['is partial', { partial: true }],
      ['is of another revision', { revisions: [sha('c')] }],
      ['has several sources', { revisions: [sha('b'), sha('c')] }],
      ['applies nothing new', { images: [`${API}:1.0.0`] }],
    ])('remembers no version if it %s', (_, overrides) => {
      expect(observe(overrides).versions).toEqual([]);
    });

    it('knows a new one by its start, or because it runs again', () => {
      const draft = draftOf();
      const step = (overrides: Partial<typeof running>) => {
        record(draft, { operation: { ...running, ...overrides } });
        const { operation: known } = draft.memory;
        draft.memory = {
          ...draft.memory,
          position: draft.memory.position + 1,
          ...(known && {
            operation: { ...known, finished: overrides.phase === 'Failed' },
          }),
        };
        return known;
      };
      const first = step({});
      expect(first).toEqual({
        startedAt: at('12:10'),
        position: 1,
        finished: false,
      });
      expect(step({ phase: 'Failed' })).toEqual(first);
      expect(step({})).toEqual(first);
      expect(step({ startedAt: at('12:20') })?.startedAt).toBe(at('12:20'));
    });
  });

  it('changes nothing if everything is known', () => {
    const draft = draftOf();
    record(draft, { ...outOfSync('b'), sources: [source('1.0.0')] });
    const { revisions: known, versions } = draft.memory;
    record(draft, { ...outOfSync('b'), sources: [source('1.0.0')] });
    expect(draft.memory.revisions).toBe(known);
    expect(draft.memory.versions).toBe(versions);
    expect(known[0].repoUrl).toBe(CONFIG);
  });
});
