import type { HistoryCommit } from '../../model/observation';
import { API } from '../../testing/simulation';
import {
  application,
  CONFIG,
  draftOf,
  entry,
  sha,
  source,
  updaterCommit,
} from '../__testUtils__/builders';
import { deployedByCommit } from './deployedByCommit';

const b = { revisions: [sha('b')] };
const commits = (digit: string) => ({
  revisions: [updaterCommit(sha(digit), '1.0.1')],
});

describe('deployedByCommit', () => {
  const other = { ...source(), repoUrl: 'https://git.example.com/other.git' };

  it.each([
    [
      'the commit of any source',
      [other, source()],
      [sha('a'), sha('b')],
      '1.0.1',
    ],
    ['no commit of another repository', [other], [sha('b')], undefined],
    ['no other revision', [source()], [sha('c')], undefined],
  ])('goes by %s', (_, sources, revisions, expected) => {
    const draft = draftOf({ application: application(), ...commits('b') });
    const own = entry(1, { sources, revisions });
    expect(deployedByCommit(draft, API, own)?.version.tag).toBe(expected);
  });

  it('goes by no commit that is uncertain', () => {
    const message = `updates image shop/api tag '1.0.0' to '1.0.1'`;
    const revisions = [{ ...updaterCommit(sha('b'), '1.0.1'), message }];
    const draft = draftOf({ application: application(), revisions });
    expect(deployedByCommit(draft, API, entry(1, b))).toBe(undefined);
  });

  describe('between two entries', () => {
    const own = updaterCommit(sha('2'), '1.0.1');
    const foreign: HistoryCommit = {
      ...own,
      revision: sha('3'),
      message: own.message.replace('api-dev', 'api-prod'),
    };
    const byHand: HistoryCommit = {
      ...own,
      revision: sha('4'),
      message: 'Take it back',
    };
    const history = [
      entry(1, { revisions: [sha('a')] }),
      entry(2, { revisions: [sha('b')] }),
    ];
    const between = (found: HistoryCommit[], from = sha('a')) =>
      deployedByCommit(
        draftOf({
          application: application({ history }),
          commits: [{ repoUrl: CONFIG, from, to: sha('b'), commits: found }],
        }),
        API,
        history[1],
      );

    it('goes by the application’s own commit', () => {
      expect(between([own, foreign])).toMatchObject({
        version: { tag: '1.0.1' },
        from: { tag: '1.0.0' },
        commit: { repoUrl: CONFIG, revision: sha('2'), exact: true },
      });
    });

    it.each<[string, HistoryCommit[], string]>([
      ['a commit that somebody may have taken back', [own, byHand], sha('a')],
      ['a commit of another application', [foreign], sha('a')],
      ['commits of another range', [own], sha('9')],
      ['no commit', [], sha('a')],
    ])('goes by nothing for %s', (_, found, from) => {
      expect(between(found, from)).toBeUndefined();
    });
  });
});
