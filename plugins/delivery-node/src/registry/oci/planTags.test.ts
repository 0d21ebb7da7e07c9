import { type KnownTag, KNOWN_TAGS, NEW_TAGS, planTags } from './planTags';

const isBounded = true;
const seen = (checkedAt: number, hasMoved = false): KnownTag => ({
  digest: 'd',
  checkedAt,
  hasMoved,
});
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `1.${index}.0`);

describe('planTags', () => {
  it('plans new tags first, the highest versions before others', () => {
    const known = new Map([['1.9.0', seen(1)]]);
    expect(
      planTags(['1.9.0', '1.2.0', '1.10.0'], known, { isBounded }),
    ).toEqual({
      ordered: ['1.10.0', '1.9.0', '1.2.0'],
      asked: ['1.10.0', '1.2.0', '1.9.0'],
    });
  });

  it('plans a bounded portion of 5,000 new tags, or all', () => {
    const tags = numbered(5000);
    const { asked } = planTags(tags, new Map(), { isBounded });
    expect(asked).toHaveLength(NEW_TAGS);
    expect(asked[0]).toBe('1.4999.0');
    expect(planTags(tags, new Map(), { isBounded: false }).asked).toHaveLength(
      5000,
    );
  });

  it('plans every known tag in turn, and moving tags in each read', () => {
    const tags = [...numbered(1000), 'latest', '7'];
    const known = new Map(tags.map(tag => [tag, seen(0)]));
    known.set('7', seen(0, true));
    const askedFor = new Map<string, number>();
    const reads = 1 + Math.ceil(1000 / (KNOWN_TAGS - 2));
    for (let read = 1; read <= reads; read++) {
      const { asked } = planTags(tags, known, { isBounded });
      expect(asked).toHaveLength(KNOWN_TAGS);
      for (const tag of asked) {
        askedFor.set(tag, (askedFor.get(tag) ?? 0) + 1);
        known.set(tag, { ...seen(read), hasMoved: tag === '7' });
      }
    }
    expect(askedFor.size).toBe(tags.length);
    expect(askedFor.get('latest')).toBe(reads);
    expect(askedFor.get('7')).toBe(reads);
  });

  it('leaves room for others when many tags move', () => {
    const tags = [
      ...numbered(500),
      ...Array.from({ length: 500 }, (_, index) => `x${index}`),
    ];
    const known = new Map(tags.map(tag => [tag, seen(0, tag.startsWith('x'))]));
    const askedFor = new Set<string>();
    for (let read = 1; read <= tags.length / (KNOWN_TAGS / 2); read++) {
      for (const tag of planTags(tags, known, { isBounded }).asked) {
        askedFor.add(tag);
        known.set(tag, seen(read, tag.startsWith('x')));
      }
    }
    expect(askedFor.size).toBe(tags.length);
  });
});
