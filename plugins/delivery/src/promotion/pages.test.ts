import { withFirstPage, withNextPage, type LoadedPromotions } from './pages';
import { promotionOf } from './testing/promotions';

function page(ids: string, nextCursor?: string): LoadedPromotions {
  const items = [...ids].map(id => promotionOf({ id }));
  return { items, nextCursor };
}

function shown({ items, nextCursor }: LoadedPromotions) {
  return [items.map(item => item.id).join(''), nextCursor];
}

describe('withFirstPage', () => {
  it.each<
    [
      string,
      LoadedPromotions | undefined,
      LoadedPromotions,
      string,
      string | undefined,
    ]
  >([
    ['begins', undefined, page('abc', 'c'), 'abc', 'c'],
    ['puts new ones before', page('bcd', 'd'), page('abc', 'c'), 'abcd', 'd'],
    ['keeps later pages', page('abcdef', 'f'), page('abc', 'c'), 'abcdef', 'f'],
    ['drops what went away', page('abcd', 'd'), page('acd', 'd'), 'acd', 'd'],
    ['is all there is', page('abcd', 'd'), page('ab'), 'ab', undefined],
    ['leaves no gap', page('def', 'f'), page('abc', 'c'), 'abc', 'c'],
  ])('%s', (_, loaded, first, ids, cursor) => {
    expect(shown(withFirstPage(loaded, first))).toEqual([ids, cursor]);
  });

  it('takes the newer of two readings', () => {
    const first = {
      items: [promotionOf({ id: 'a', outcome: 'superseded' })],
      nextCursor: 'a',
    };
    const { items } = withFirstPage(page('ab', 'b'), first);
    expect(items.map(item => item.outcome)).toEqual(['superseded', 'live']);
  });
});

describe('withNextPage', () => {
  it('appends, without saying anything twice', () => {
    expect(
      shown(withNextPage(page('abc', 'c'), 'c', page('cde', 'e'))),
    ).toEqual(['abcde', 'e']);
    expect(shown(withNextPage(page('abc', 'c'), 'c', page('d')))).toEqual([
      'abcd',
      undefined,
    ]);
  });

  it('changes nothing when the list ends elsewhere by now', () => {
    const loaded = page('xyz', 'z');
    expect(withNextPage(loaded, 'c', page('def', 'f'))).toBe(loaded);
  });
});
