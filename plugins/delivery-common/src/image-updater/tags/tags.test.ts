import fc from 'fast-check';
import { formatMessage } from '../../messages';
import { parseAllowTags } from './allowTags';
import { globMatches, parseGlob } from './glob';
import { parsePlatforms } from './platform';

const RUNS = { numRuns: 3000 };

describe('allow-tags', () => {
  it.each([
    // Go accepts this. Here it is rejected and reported as a problem.
    ['regexp:(?P<x>1)(?P<x>.)', 'one name for two groups'],
    ['regexp:(?=a)', 'look-around'],
    ['regexp:a{1001}', 'too many repetitions'],
    ['^1', 'no function'],
    ['glob:1*', 'another function'],
  ])('%s allows nothing: %s', text => {
    const problems: string[] = [];
    const allows = parseAllowTags(text, ({ advice }) =>
      problems.push(formatMessage(advice)),
    );
    expect(allows('1.0.0')).toBe(false);
    expect(problems).toEqual([expect.stringMatching(/^No tag is allowed: /)]);
  });

  it.each([
    ['regexp:(?i)\\pN', 'a', false],
    ['regexp:(?i)\\pN', '1', true],
    ['regexp:(?i)^V\\d', 'v1', true],
  ])('%s on %s is %s', (text, tag, expected) => {
    expect(parseAllowTags(text, () => {})(tag)).toBe(expected);
  });

  it('takes a hostile expression in linear time', () => {
    const allows = parseAllowTags('regexp:^(a+)+$', () => {});
    expect(allows(`${'a'.repeat(5000)}!`)).toBe(false);
  });
});

describe('globs', () => {
  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'ab/c', false],
    ['?', '/', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['[!a]', 'b', false],
    ['[!a]', '!', true],
    ['\\*', '*', true],
    ['*-rc*', '1.0.0-rc.1', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s on %s is %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it.each(['[', '[]', '[]a]', '[a', '[a-', '[a-]', '[-a]', 'a\\'])(
    '%s is malformed',
    pattern => {
      expect(parseGlob(pattern)).toBeUndefined();
      expect(globMatches(pattern, pattern)).toBe(false);
    },
  );

  it('of literals match themselves alone, and are quick with many stars', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]*$/), text => {
        expect(globMatches(text, text)).toBe(true);
        expect(globMatches(text, `${text}x`)).toBe(false);
        expect(globMatches(`*${text}*`, `1${text}2`)).toBe(true);
      }),
      RUNS,
    );
    expect(globMatches(`${'*a'.repeat(60)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('platforms', () => {
  it.each([
    ['linux/arm64', 'linux'],
    [' linux/arm64\n', 'linux'],
    // Go counts the first one as space, but not the second one.
    ['\u0085linux/arm64', 'linux'],
    ['\ufefflinux/arm64', '\ufefflinux'],
  ])('%j is for %j', (text, os) => {
    expect(parsePlatforms([text], () => {})).toEqual([
      { os, architecture: 'arm64', variant: '' },
    ]);
  });
});
