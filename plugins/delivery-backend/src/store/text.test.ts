import {
  isKeyText,
  isSortableTime,
  quoted,
  storableText,
  textProblem,
} from './text';

describe('text', () => {
  it.each([
    ['api', 3, undefined],
    ['api', 2, 'is 3 bytes long; at most 2 can be stored'],
    ['ü', 1, 'is 2 bytes long; at most 1 can be stored'],
    ['😀', 4, undefined],
    ['', 0, undefined],
    ['a\0', 9, expect.stringContaining("can't be stored")],
    ['\ud83d', 9, expect.stringContaining("can't be stored")],
    ['\ude00\ud83d', 9, expect.stringContaining("can't be stored")],
  ])(
    'accepts or refuses %j in a key of %d bytes, with a reason',
    (text, max, problem) => {
      expect(textProblem(text, max)).toEqual(problem);
      expect(isKeyText(text, max)).toBe(problem === undefined);
    },
  );

  it('drops characters that can’t be stored, and nothing else', () => {
    expect(storableText('a\0b\ud83dc😀')).toBe('a\uFFFDb\uFFFDc😀');
  });

  it('is quoted shortened', () => {
    expect(quoted('a\0')).toBe("'a\uFFFD'");
    expect(quoted('a'.repeat(81))).toBe(`'${'a'.repeat(80)}…'`);
  });

  it.each([
    ['2026-11-23T06:00:00Z', true],
    ['2026-11-23T06:00:00.123+02:00', true],
    ['yesterday', false],
    ['', false],
    ['+012026-11-23T06:00:00Z', false],
  ])('recognizes %j as a time: %s', (time, expected) => {
    expect(isSortableTime(time)).toBe(expected);
  });
});
