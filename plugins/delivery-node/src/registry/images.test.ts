import { uniqueImages } from './images';
import type { RegistryImage } from './types';

const image = (
  digest: string,
  tags: string[],
  pushedAt?: string,
): RegistryImage => ({
  repository: 'r',
  digest,
  tags,
  ...(pushedAt && { pushedAt }),
});

describe('uniqueImages', () => {
  it('keeps unique images unchanged', () => {
    const images = [image('a', ['1']), image('b', [])];
    expect(uniqueImages(images)).toEqual(images);
  });

  it('merges an image that is on two pages', () => {
    expect(
      uniqueImages([
        image('a', ['1'], '2026-01-02T00:00:00.000Z'),
        image('b', ['2']),
        image('a', ['1', 'latest'], '2026-01-01T00:00:00.000Z'),
      ]),
    ).toEqual([
      image('a', ['1', 'latest'], '2026-01-02T00:00:00.000Z'),
      image('b', ['2']),
    ]);
  });

  it('assigns a tag that moved during the read to the image read last', () => {
    expect(
      uniqueImages([image('a', ['1', 'latest']), image('b', ['2', 'latest'])]),
    ).toEqual([image('a', ['1']), image('b', ['2', 'latest'])]);
  });
});
