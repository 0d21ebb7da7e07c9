import {
  application,
  at,
  CONFIG,
  draftOf,
  entry,
  sha,
} from '../__testUtils__/builders';
import { emptyMemory } from './lifecycle';
import { formerRevision } from './formerRevision';

const synced = (revision: string) =>
  application({ sync: { status: 'Synced', revisions: [revision] } });
const head = (revision: string) => ({
  repoUrl: CONFIG,
  revision,
  sourceIndex: 0,
  at: at('12:00'),
  position: 1,
});

describe('formerRevision', () => {
  const history = [
    entry(1, { revisions: [sha('a')] }),
    entry(2, { revisions: [sha('b')] }),
  ];
  const now = application({ history });
  const former = (options: Parameters<typeof draftOf>[0], revision: string) =>
    formerRevision(draftOf(options), now, 0, revision);

  it('is the one that was compared last', () => {
    expect(former({ application: synced(sha('c')) }, sha('d'))).toBe(sha('c'));
  });

  it('is the last head if the last observation compared nothing', () => {
    const unknown = application({
      sync: { status: 'Unknown', revisions: ['main'] },
    });
    const memory = { ...emptyMemory(), revisions: [head(sha('c'))] };
    expect(former({ application: unknown, memory }, sha('d'))).toBe(sha('c'));
  });

  it('is the last that was deployed if nothing was observed before', () => {
    expect(former({}, sha('c'))).toBe(sha('b'));
    expect(former({}, sha('b'))).toBe(sha('a'));
  });

  it('is none of another repository', () => {
    const moved = application({
      sources: [{ repoUrl: 'https://git.example.com/other.git' }],
      sync: { status: 'Synced', revisions: [sha('c')] },
    });
    expect(
      formerRevision(draftOf({ application: moved }), application(), 0, 'd'),
    ).toBeUndefined();
  });

  it('is no branch', () => {
    expect(
      formerRevision(
        draftOf({ application: synced('main') }),
        application(),
        0,
        sha('d'),
      ),
    ).toBeUndefined();
  });
});
