import fc from 'fast-check';
import { pageOf } from './paging';
import { isRepositoryName } from './types';

/** The rule from the API reference. */
const REPOSITORY_NAME_RULE =
  '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*';

describe('repository names', () => {
  test('follow the published rule', () => {
    const rule = new RegExp(`^${REPOSITORY_NAME_RULE}$`);
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', '0', '.', '_', '-', '/', 'A', 'é'),
          minLength: 2,
          maxLength: 12,
        }),
        name => {
          expect(isRepositoryName(name)).toBe(rule.test(name));
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('have 2 to 256 characters', () => {
    expect([1, 2, 256, 257].map(n => isRepositoryName('a'.repeat(n)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('are checked quickly, however they look', () => {
    expect(isRepositoryName(`${'a-'.repeat(100_000)}!`)).toBe(false);
  });
});

describe('pages', () => {
  test('hold every item once, whatever the size, though items come and go', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 10 }),
        fc.infiniteStream(fc.string()),
        (names, maxResults, others) => {
          const items = [...names].sort((a, b) => (a < b ? -1 : 1));
          const seen: string[] = [];
          let nextToken: string | undefined;
          do {
            const extra = others.next().value;
            const now = [...new Set([...items, extra])].sort((a, b) =>
              a < b ? -1 : 1,
            );
            const page = pageOf(now, item => item, {
              maxResults,
              nextToken,
            });
            expect(page.items.length).toBeLessThanOrEqual(maxResults);
            seen.push(...page.items);
            nextToken = page.nextToken;
          } while (nextToken !== undefined);
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining(items));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
