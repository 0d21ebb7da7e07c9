import { commonVersions } from './commonVersions';

describe('commonVersions', () => {
  it.each<[string, string[][], [string, number][]]>([
    ['no service', [], []],
    ['services without versions', [[], []], []],
    [
      'one service',
      [['1.1', '1.0']],
      [
        ['1.1', 1],
        ['1.0', 1],
      ],
    ],
    [
      'services with the same',
      [
        ['1.1', '1.0'],
        ['1.1', '1.0'],
      ],
      [
        ['1.1', 2],
        ['1.0', 2],
      ],
    ],
    [
      'services that have some in common',
      [
        ['1.2', '1.1', '1.0'],
        ['1.1', '0.9'],
        ['1.1', '1.0'],
      ],
      [
        ['1.1', 3],
        ['1.0', 2],
        ['1.2', 1],
        ['0.9', 1],
      ],
    ],
    [
      'a service that lists a tag twice',
      [['1.1', '1.1'], ['1.0']],
      [
        ['1.1', 1],
        ['1.0', 1],
      ],
    ],
    [
      'tags with the names of fields',
      [['constructor', '__proto__'], ['__proto__']],
      [
        ['__proto__', 2],
        ['constructor', 1],
      ],
    ],
  ])('of %s', (_, tags, expected) => {
    expect(
      commonVersions(tags).map(({ tag, services }) => [tag, services]),
    ).toEqual(expected);
  });
});
