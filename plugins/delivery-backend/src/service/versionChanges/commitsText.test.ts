import { commitsText, type DescribedCommits } from './commitsText';
import type { VersionCommits } from './versionCommits';

const repository = 'registry.example.com/shop/api';
const url = 'https://git.example.com/shop/api/compare/a...b';

const commit = (number: number, rest: object = {}) => ({
  revision: String(number).repeat(40).slice(0, 40),
  title: `Change ${number}`,
  author: 'Jo',
  ...rest,
});

const of = (
  found: VersionCommits['found'],
  rest: Partial<DescribedCommits> = {},
): DescribedCommits => ({
  from: '1.4.2',
  to: '1.4.3',
  repository,
  isRevert: false,
  found,
  ...rest,
});

const listed = (total: number, length = total) => ({
  kind: 'listed' as const,
  commits: Array.from({ length }, (_, index) => commit(index + 1)),
  total,
});

const TITLE = `Commits from \`1.4.2\` to \`1.4.3\` of \`${repository}\``;

describe('commitsText', () => {
  it('lists commits with links, authors and how many more there are', () => {
    const page = 'https://git.example.com/shop/api/commit/1';
    const found = {
      kind: 'listed' as const,
      commits: [
        commit(2, { url: page, title: 'Fix #7 for @all' }),
        commit(1, { title: 'See https://git.example.com/1', author: '[Jo]' }),
      ],
      total: 5,
    };
    expect(commitsText([of(found, { url })])).toEqual([
      '',
      `${TITLE}:`,
      '',
      `- [\`22222222\`](${page}) Fix \\#7 for \\@all (Jo)`,
      '- `11111111` See https:\\/\\/git.example.com/1 (\\[Jo\\])',
      `- [3 more](${url})`,
    ]);
  });

  it('says how many more there are without a link, too', () => {
    expect(commitsText([of(listed(5, 2))]).at(-1)).toBe('- 3 more');
  });

  it('says when there are none, and that a revert takes them back', () => {
    expect(commitsText([of(listed(0))])).toEqual(['', `${TITLE}: none.`]);
    expect(commitsText([of(listed(1), { isRevert: true })])[1]).toBe(
      `${TITLE.replace('Commits', 'Commits taken back,')}:`,
    );
  });

  it.each([
    [
      'no-repository',
      "because the catalog doesn't read the service from its source repository",
    ],
    ['no-image', 'because the registry has no image `1.4.2`'],
    [
      'no-revision',
      'because the image `1.4.2` has no label org.opencontainers.image.revision',
    ],
    [
      'other-repository',
      "because the image `1.4.2` says that it was built from another repository than the service's",
    ],
    [
      'not-after',
      "because `1.4.3` wasn't built from a later commit than `1.4.2`",
    ],
    ['too-many', 'because there are too many to list'],
    [
      'unsupported',
      "because the source repository isn't on a Git host that the portal can ask",
    ],
    [
      'not-found',
      "because the source repository doesn't have them, or the portal may not read it",
    ],
    ['unavailable', "because the registry or the Git host didn't answer"],
  ] as const)('says plainly that they are not known: %s', (reason, because) => {
    const found = { kind: 'unknown' as const, reason, tag: '1.4.2' };
    expect(commitsText([of(found)])).toEqual([
      '',
      `${TITLE}: not known, ${because}.`,
    ]);
    expect(commitsText([of(found, { url })])[1]).toBe(
      `${TITLE}: not known, ${because}. [Compare them](${url})`,
    );
  });

  it('has each range once', () => {
    expect(
      commitsText([of(listed(1)), of(listed(1)), of(listed(1), { to: '2' })]),
    ).toHaveLength(2 * 4);
  });

  it('stays short enough for every Git host', () => {
    const found = {
      kind: 'listed' as const,
      commits: Array.from({ length: 20 }, () =>
        commit(1, {
          url: `https://git.example.com/${'x'.repeat(100)}`,
          title: 'x'.repeat(120),
          author: 'x'.repeat(40),
        }),
      ),
      total: 200,
    };
    const all = Array.from({ length: 25 }, (_, index) =>
      of(found, { url, to: `1.4.${index}` }),
    );
    expect(commitsText(all).join('\n').length).toBeLessThan(32_768);
  });
});
