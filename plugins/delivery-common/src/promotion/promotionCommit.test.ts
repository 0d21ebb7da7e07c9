import { CONFIG, sha, updaterCommit } from './__testUtils__/builders';
import { promotionCommit } from './promotionCommit';

describe('promotionCommit', () => {
  it('has what is known of the revision', () => {
    const known = updaterCommit(sha('b'), '1.0.1');
    const { author, date, message } = known;
    expect(promotionCommit(known, undefined, false)).toEqual({
      repoUrl: CONFIG,
      revision: sha('b'),
      exact: false,
    });
    expect(promotionCommit(known, known, true)).toEqual({
      repoUrl: CONFIG,
      revision: sha('b'),
      author,
      date,
      message,
      exact: true,
    });
  });
});
