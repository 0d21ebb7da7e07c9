import { mergeByDigest } from './mergeByDigest';

const image = (digest: string, ...tags: string[]) => ({
  repository: 'r',
  digest,
  tags,
});

describe('mergeByDigest', () => {
  it('keeps each digest once, with the tags of all', () => {
    expect(
      mergeByDigest([
        image('a', '1.0.0', 'latest'),
        image('b', '1.1.0'),
        { ...image('a', 'latest', '1.0'), sizeInBytes: 1 },
      ]),
    ).toEqual([
      { ...image('a', '1.0.0', 'latest', '1.0'), sizeInBytes: 1 },
      image('b', '1.1.0'),
    ]);
  });
});
