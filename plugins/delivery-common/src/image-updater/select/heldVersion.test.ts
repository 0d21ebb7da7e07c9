import { compilePolicy } from './CompiledPolicy';
import { policyOf } from '../__testUtils__/policies';
import { heldVersion } from './heldVersion';
import { VersionList } from './VersionList';

const AT = '2026-11-23T04:00:00Z';

/** Versions in the order in which they were pushed. */
function listOf(...tags: string[]): VersionList {
  return VersionList.of(tags.map(tag => ({ tag, pushedAt: AT })));
}

/** Which version is held back, of an image and the running tag. */
function heldOf(
  image: string,
  running: string | undefined,
  list: VersionList,
): string | undefined {
  return heldVersion(compilePolicy(policyOf(image)), list, running)?.tag;
}

describe('heldVersion', () => {
  it.each<[string, string, string | undefined, string[], string | undefined]>([
    ['a higher one', 'a/b:~1.4', '1.4.2', ['1.4.2', '1.5.0'], '1.5.0'],
    [
      'the newest of several',
      'a/b:~1.4',
      '1.4.2',
      ['1.4.2', '1.5.0', '1.6.0'],
      '1.6.0',
    ],
    [
      'none that the constraint allows',
      'a/b:~1.4',
      '1.4.2',
      ['1.4.2', '1.4.3'],
      undefined,
    ],
    [
      'none without a constraint',
      'a/b',
      '1.4.2',
      ['1.4.2', '1.5.0'],
      undefined,
    ],
    [
      'none that was pushed before',
      'a/b:~1.4',
      '1.4.2',
      ['1.5.0', '1.4.2'],
      undefined,
    ],
    [
      'no fix of an earlier line',
      'a/b:~1.4',
      '1.4.2',
      ['1.4.2', '1.3.9'],
      undefined,
    ],
    ['no other tag', 'a/b:~1.4', '1.4.2', ['1.4.2', 'nightly'], undefined],
    [
      'a higher one than a version that is no longer listed',
      'a/b:~1.4',
      '1.4.1',
      ['1.4.2', '1.5.0'],
      '1.5.0',
    ],
    [
      'none where nothing runs',
      'a/b:~1.4',
      undefined,
      ['1.4.2', '1.5.0'],
      undefined,
    ],
    [
      'none where the running tag is no version',
      'a/b:~1.4',
      'main',
      ['main', '1.5.0'],
      '1.5.0',
    ],
  ])('is %s', (_, image, running, tags, expected) => {
    expect(heldOf(image, running, listOf(...tags))).toBe(expected);
  });

  it('needs the time of the push', () => {
    const list = VersionList.of([{ tag: '1.4.2' }, { tag: '1.5.0' }]);
    expect(heldOf('a/b:~1.4', '1.4.2', list)).toBeUndefined();
  });

  it('names the constraint', () => {
    const held = heldVersion(
      compilePolicy(policyOf('a/b:~1.4')),
      listOf('1.4.2', '1.5.0'),
      '1.4.2',
    );
    expect(held?.reason).toEqual({
      code: 'verdict.outside-constraint',
      parameters: { constraint: '~1.4' },
    });
  });
});
