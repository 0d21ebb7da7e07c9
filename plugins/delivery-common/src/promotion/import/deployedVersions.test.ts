import type { ApplicationHistoryEntry } from '../../model/application';
import { API } from '../../testing/simulation';
import {
  application,
  at,
  CONFIG,
  type DraftOptions,
  draftOf,
  entry,
  promotion,
  sha,
  source,
  updaterCommit,
} from '../__testUtils__/builders';
import { deployedVersions } from './deployedVersions';

const [a, b, c] = ['a', 'b', 'c'].map(digit => ({ revisions: [sha(digit)] }));
const head = { status: 'OutOfSync' as const, revisions: [sha('f')] };

function deployed(
  entries: ApplicationHistoryEntry[],
  options: DraftOptions = {},
  sync = head,
) {
  const current = application({ history: entries, sync });
  const draft = draftOf({ application: current, ...options });
  return Object.fromEntries(
    deployedVersions({
      draft,
      application: current,
      repository: API,
      entries,
    }),
  );
}
const commits = (...digits: string[]) => ({
  revisions: digits.map((digit, index) =>
    updaterCommit(sha(digit), `1.0.${index + 1}`),
  ),
});

describe('deployedVersions', () => {
  it('knows a version by its promotion', () => {
    const own = promotion('p', {
      version: { tag: '1.0.1' },
      sync: { historyId: 1, revisions: [], finishedAt: at('12:01:30') },
    });
    expect(deployed([entry(1)], { promotions: [own] })).toEqual({
      1: { version: { tag: '1.0.1' }, promotion: own },
    });
    expect(
      deployed([entry(1, { deployedAt: at('11:00') })], { promotions: [own] }),
    ).toEqual({});
  });

  it('knows the last one by what was applied last', () => {
    const target = { id: 'p', version: { tag: '1.0.1' } };
    expect(
      deployed([entry(1, a), entry(2, b)], { repository: { target } }),
    ).toEqual({
      2: { version: { tag: '1.0.1' } },
    });
  });

  it('knows versions by parameters and by commits', () => {
    const entries = [entry(1, { sources: [source('1.0.0')] }), entry(2, b)];
    const versions = deployed(entries, commits('b'));
    expect(versions[1]).toEqual({ version: { tag: '1.0.0' } });
    expect(versions[2]).toMatchObject({
      version: { tag: '1.0.1' },
      from: { tag: '1.0.0' },
      commit: { repoUrl: CONFIG, revision: sha('b'), exact: true },
    });
  });

  it('takes a repeated deployment for a rollback, which needs no commit', () => {
    const versions = deployed(
      [entry(1, b), entry(2, c), entry(3, b)],
      commits('b', 'c'),
    );
    expect(versions[1].rollback).toBe(undefined);
    expect(versions[1].commit).toBeDefined();
    expect(versions[3]).toEqual({ version: { tag: '1.0.1' }, rollback: true });
  });

  it('takes no repetition without another version between for a rollback', () => {
    const versions = deployed([entry(1, b), entry(2, b)], commits('b'));
    expect(versions[2].rollback).toBe(undefined);
  });

  it('takes the head for no rollback', () => {
    const sync = { ...head, revisions: [sha('b')] };
    const entries = [entry(1, b), entry(2, c), entry(3, b)];
    expect(deployed(entries, commits('b', 'c'), sync)[3].rollback).toBe(
      undefined,
    );
  });

  it('knows a version by another entry of the same deployment', () => {
    const target = { id: 'p', version: { tag: '1.0.9' } };
    const entries = [entry(1, a), entry(2, b), entry(3, a)];
    expect(deployed(entries, { repository: { target } })).toEqual({
      1: { version: { tag: '1.0.9' } },
      3: { version: { tag: '1.0.9' }, rollback: true },
    });
  });
});
