import { isMutableTag, type TagMutability } from './tagMutability';

const MUTABLE: TagMutability = { isMutable: true, exceptions: [] };
const IMMUTABLE: TagMutability = { isMutable: false, exceptions: [] };

describe('isMutableTag', () => {
  it.each<[TagMutability, string, boolean]>([
    [MUTABLE, 'latest', true],
    [IMMUTABLE, 'latest', false],
    [{ ...IMMUTABLE, exceptions: ['latest'] }, 'latest', true],
    [{ ...IMMUTABLE, exceptions: ['dev-*'] }, 'dev-', true],
    [{ ...IMMUTABLE, exceptions: ['dev-*'] }, 'dev-1.2', true],
    [{ ...IMMUTABLE, exceptions: ['dev-*', '*.x'] }, '1.2.x', true],
    [{ ...IMMUTABLE, exceptions: ['dev-*'] }, 'latest', false],
    [{ ...IMMUTABLE, exceptions: ['1.2'] }, '1x2', false],
    [{ ...MUTABLE, exceptions: ['v*'] }, 'v1', false],
    [{ ...MUTABLE, exceptions: ['v*'] }, '1', true],
  ])('%j lets %s move: %s', (mutability, tag, expected) => {
    expect(isMutableTag(mutability, tag)).toBe(expected);
  });
});
