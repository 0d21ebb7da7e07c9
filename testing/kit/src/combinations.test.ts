import { combinations } from './combinations';

const OPTIONS = [
  ['a', 'b', 'c'],
  ['a', 'b'],
  ['a', 'b', 'c', 'd'],
  ['a', 'b'],
  ['a', 'b', 'c'],
];

/** The levels of three options that occur together in no row. */
function missingTriples(rows: string[][]): string[] {
  const missing: string[] = [];
  OPTIONS.forEach((as, a) =>
    OPTIONS.slice(0, a).forEach((bs, b) =>
      OPTIONS.slice(0, b).forEach((cs, c) => {
        for (const one of as) {
          for (const two of bs) {
            for (const three of cs) {
              if (
                !rows.some(
                  row => row[a] === one && row[b] === two && row[c] === three,
                )
              ) {
                missing.push(`${a}${one} ${b}${two} ${c}${three}`);
              }
            }
          }
        }
      }),
    ),
  );
  return missing;
}

describe('combinations', () => {
  const pairs = combinations(OPTIONS, 2);
  const triples = combinations(OPTIONS, 3);

  it('contains each level of three options with each of the others', () => {
    expect(missingTriples(triples)).toEqual([]);
    expect(missingTriples(pairs)).not.toEqual([]);
  });

  it('contains each level of two options with each of the others', () => {
    OPTIONS.forEach((as, a) =>
      OPTIONS.slice(0, a).forEach((bs, b) => {
        const found = new Set(pairs.map(row => row[a] + row[b]));
        expect(found.size).toBe(as.length * bs.length);
      }),
    );
  });

  it('needs far fewer than all combinations', () => {
    // The two longest lists need 12 rows, the three longest 36; all are 144.
    expect(pairs.length).toBeGreaterThanOrEqual(12);
    expect(pairs.length).toBeLessThan(18);
    expect(triples.length).toBeGreaterThanOrEqual(36);
    expect(triples.length).toBeLessThan(54);
  });

  it.each([
    ['pairs', pairs],
    ['triples', triples],
  ])('contains only levels of the options, and no row twice: %s', (_, rows) => {
    for (const row of rows) {
      expect(row.map((level, i) => OPTIONS[i].includes(level))).toEqual(
        OPTIONS.map(() => true),
      );
    }
    expect(new Set(rows.map(row => row.join())).size).toBe(rows.length);
  });
});
