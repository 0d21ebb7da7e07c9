import { toCsv } from './csv';

describe('toCsv', () => {
  it('writes a line per row, and nothing for what is unknown', () => {
    expect(
      toCsv([
        ['from', 'deployments'],
        ['2026-11-02', 3],
        ['2026-11-03', undefined],
      ]),
    ).toBe('from,deployments\r\n2026-11-02,3\r\n2026-11-03,\r\n');
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@cmd', "'@cmd"],
    [-1.5, '-1.5'],
  ])('writes %j as %j', (value, cell) => {
    expect(toCsv([[value]])).toBe(`${cell}\r\n`);
  });
});
