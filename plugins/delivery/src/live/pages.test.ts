import { withFirstPage, withNextPage } from './pages';

interface TestPage {
  items: { id: string; outcome?: string }[];
  nextCursor?: string;
}

const idOf = ({ id }: { id: string }) => id;

function page(ids: string, nextCursor?: string): TestPage {
  return { items: [...ids].map(id => ({ id, outcome: 'live' })), nextCursor };
}

function shown({ items, nextCursor }: TestPage) {
  return [items.map(item => item.id).join(''), nextCursor];
}

describe('withFirstPage', () => {
  it.each<[string, TestPage | undefined, TestPage, string, string | undefined]>(
    [
      ['begins', undefined, page('abc', 'c'), 'abc', 'c'],
      ['puts new ones before', page('bcd', 'd'), page('abc', 'c'), 'abcd', 'd'],
      [
        'keeps later pages',
        page('abcdef', 'f'),
        page('abc', 'c'),
        'abcdef',
        'f',
      ],
      ['drops what went away', page('abcd', 'd'), page('acd', 'd'), 'acd', 'd'],
      ['is all there is', page('abcd', 'd'), page('ab'), 'ab', undefined],
      ['leaves no gap', page('def', 'f'), page('abc', 'c'), 'abc', 'c'],
    ],
  )('%s', (_, loaded, first, ids, cursor) => {
    expect(shown(withFirstPage(loaded, first, idOf))).toEqual([ids, cursor]);
  });

  it('takes the newer of two readings', () => {
    const first = {
      items: [{ id: 'a', outcome: 'superseded' }],
      nextCursor: 'a',
    };
    const { items } = withFirstPage(page('ab', 'b'), first, idOf);
    expect(items.map(item => item.outcome)).toEqual(['superseded', 'live']);
  });
});

describe('withNextPage', () => {
  it('appends without duplicates', () => {
    expect(
      shown(withNextPage(page('abc', 'c'), 'c', page('cde', 'e'), idOf)),
    ).toEqual(['abcde', 'e']);
    expect(shown(withNextPage(page('abc', 'c'), 'c', page('d'), idOf))).toEqual(
      ['abcd', undefined],
    );
  });

  it('changes nothing if the end of the list has changed', () => {
    const loaded = page('xyz', 'z');
    expect(withNextPage(loaded, 'c', page('def', 'f'), idOf)).toBe(loaded);
  });
});
