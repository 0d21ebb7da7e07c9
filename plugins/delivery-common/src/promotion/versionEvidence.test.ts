import { API, WEB } from '../testing/simulation';
import {
  application,
  at,
  CONFIG,
  draftOf,
  evidence,
  promotion,
  rollout,
  sha,
  updaterCommit,
} from './__testUtils__/builders';
import { UPDATER } from './__testUtils__/worlds';
import { committedChange } from './committedChange';
import { emptyMemory } from './observe/lifecycle';
import type { Rollout } from './types';
import {
  collectEvidence,
  covers,
  evidenceForRollout,
  undoesRollback,
} from './versionEvidence';

const head = (digit: string, position: number, sourceIndex = 0) => ({
  repoUrl: CONFIG,
  revision: sha(digit),
  sourceIndex,
  at: at('12:00'),
  position,
});

describe('collectEvidence', () => {
  const commit = updaterCommit(sha('b'), '1.0.1');
  const parameter = {
    repository: API,
    version: { tag: '1.0.2' },
    at: at('12:01'),
    position: 2,
  };
  const draft = draftOf({
    application: application(),
    revisions: [commit],
    memory: {
      revisions: [head('b', 3), head('c', 1)],
      versions: [parameter, { ...parameter, repository: WEB, position: 1 }],
    },
  });

  it('has commits by their messages and versions of parameters, in order', () => {
    expect(collectEvidence(draft, API)).toEqual([
      {
        version: { tag: '1.0.2' },
        position: 2,
        at: at('12:01'),
        exact: false,
        certain: true,
      },
      {
        version: { tag: '1.0.1' },
        from: { tag: '1.0.0' },
        position: 3,
        at: at('12:00'),
        revision: { repoUrl: CONFIG, revision: sha('b'), sourceIndex: 0 },
        commit,
        exact: true,
        certain: true,
      },
    ]);
  });

  it('knows the commit that contains a version, of any source', () => {
    const other = 'https://git.example.com/other.git';
    const known = { ...updaterCommit(sha('d'), '9'), repoUrl: other };
    const sources = [...application().sources, { repoUrl: other }];
    const versions = [{ ...parameter, revision: sha('d'), sourceIndex: 1 }];
    expect(
      collectEvidence(
        draftOf({
          application: application({ sources }),
          revisions: [known],
          memory: { versions },
        }),
        API,
      ),
    ).toMatchObject([
      {
        revision: { repoUrl: other, revision: sha('d'), sourceIndex: 1 },
        commit: known,
        exact: false,
      },
    ]);
  });

  it('is of one repository', () => {
    expect(collectEvidence(draft, WEB).map(item => item.version)).toEqual([
      { tag: '1.0.2' },
    ]);
  });
});

describe('committedChange', () => {
  const of = (message: string, annotations: Record<string, string> = {}) =>
    committedChange(
      draftOf({ application: application({ annotations }) }),
      { ...updaterCommit(sha('b'), '1.0.1'), message },
      API,
    );
  const line = `updates image shop/api tag '1.0.0' to '1.0.1'`;
  const { message } = updaterCommit(sha('b'), '1.0.1');

  it.each([
    ['the updater’s own message', message, true],
    ['a message that names no application', line, false],
    [
      'two versions of the image',
      `${message}\nupdates image shop/api tag '1.0.0' to '1.0.2'`,
      false,
    ],
  ])('reads %s', (_, text, certain) => {
    expect(of(text)).toEqual({
      version: { tag: '1.0.1' },
      from: { tag: '1.0.0' },
      certain,
    });
  });

  it.each([
    ['of a person', 'Use 1.0.1'],
    ['for another application', message.replace(/of \S+/, 'of other')],
    ['of another image', message.replace('shop/api', 'shop/web')],
  ])('reads no message %s', (_, text) => {
    expect(of(text)).toBe(undefined);
  });

  it('is uncertain if the path can mean a repository of another registry', () => {
    const annotations = {
      [`${UPDATER}image-list`]: `a=${API},b=mirror.example.com/shop/api`,
    };
    expect(of(message, annotations)?.certain).toBe(false);
  });
});

describe('covers', () => {
  const memory = { ...emptyMemory(), revisions: [head('b', 2), head('c', 4)] };
  const sync = { revisions: [sha('c')], position: 1 };

  it.each([
    ['evidence before its head', sync, 3, true],
    ['evidence at its head', sync, 4, true],
    ['evidence after its head', sync, 5, false],
    ['nothing, if it is a rollback', { ...sync, rollback: true }, 3, false],
    [
      'by its own position, if its revision was never head',
      { revisions: [sha('d')], position: 3 },
      3,
      true,
    ],
    ['not what came later', { revisions: [sha('d')], position: 3 }, 4, false],
  ])('%s', (_, of, position, expected) => {
    expect(covers(memory, of, evidence('1.0.1', position))).toBe(expected);
  });

  it('goes by the position alone for parameters', () => {
    const parameters = { position: 3, revision: undefined };
    expect(covers(memory, { ...sync, position: 3 }, parameters)).toBe(true);
    expect(covers(memory, { ...sync, position: 2 }, parameters)).toBe(false);
  });
});

describe('evidenceForRollout', () => {
  const of = (rollouts: Rollout[], index: number) =>
    evidenceForRollout(
      emptyMemory(),
      [evidence('1.0.1', 1), evidence('1.0.2', 3), evidence('1.0.1', 5)],
      rollouts,
      rollouts[index],
    ).map(({ position }) => position);
  const at5 = (id: string, tag: string, position: number) =>
    rollout(id, tag, { position, revisions: [sha('f')] });

  it('is what a rollout was the first to cover', () => {
    const rollouts = [
      at5('a', '1.0.1', 2),
      at5('b', '1.0.2', 4),
      at5('c', '1.0.1', 6),
    ];
    expect(of(rollouts, 0)).toEqual([1]);
    expect(of(rollouts, 1)).toEqual([3]);
    expect(of(rollouts, 2)).toEqual([5]);
  });

  it('is the latest again for another sync of the same head', () => {
    expect(of([at5('a', '1.0.1', 2), at5('b', '1.0.1', 2)], 1)).toEqual([1]);
  });

  it('is none if another version was covered in between', () => {
    expect(
      of([at5('a', '1.0.1', 2), at5('b', '1.0.2', 4), at5('c', '1.0.1', 4)], 2),
    ).toEqual([]);
  });
});

describe('undoesRollback', () => {
  const rollouts = [rollout('bad', '1.0.1'), rollout('good', '1.0.0')];

  it.each([
    ['commits the version again', 'rolled-back', evidence('1.0.1', 5), true],
    ['commits another version', 'rolled-back', evidence('1.0.2', 5), false],
    ['was only superseded', 'superseded', evidence('1.0.1', 5), false],
    [
      'is no commit of the updater',
      'rolled-back',
      evidence('1.0.1', 5, { exact: false }),
      false,
    ],
    ['has no evidence', 'rolled-back', undefined, false],
  ] as const)('%s', (_, outcome, item, expected) => {
    const draft = draftOf({ promotions: [promotion('bad', { outcome })] });
    expect(undoesRollback(draft, rollouts, item)).toBe(expected);
    expect(undoesRollback(draft, rollouts.slice(1), item)).toBe(false);
  });
});
