import { API, WEB } from '../testing/simulation';
import { at, digest, image } from './__testUtils__/builders';
import {
  findKnownImage,
  pushTime,
  toPushedImage,
  withPushedImage,
  withRemovedImage,
} from './knownImages';

const pushed = (tags: string[], overrides: object = {}) => ({
  kind: 'image-pushed' as const,
  repository: API,
  digest: digest('1'),
  tags,
  pushedAt: at('12:00'),
  seenAt: at('12:01'),
  ...overrides,
});
const removed = (overrides: object = {}) => ({
  kind: 'image-removed' as const,
  repository: API,
  digest: digest('1'),
  seenAt: at('13:00'),
  ...overrides,
});

describe('withPushedImage', () => {
  const builds = [{ platform: 'linux/amd64', builtAt: at('11:00') }];
  const observations = [
    pushed(['b']),
    pushed(['a'], { pushedAt: at('11:59'), seenAt: at('12:05') }),
    pushed(['b'], { builds, seenAt: at('12:06') }),
  ];

  it.each([
    [[0, 1, 2]],
    [[0, 2, 1]],
    [[1, 0, 2]],
    [[1, 2, 0]],
    [[2, 0, 1]],
    [[2, 1, 0]],
  ])('makes one image of several observations, in the order %j', order => {
    const images = order
      .map(index => observations[index])
      .reduce(withPushedImage, []);
    expect(images).toEqual([
      {
        repository: API,
        digest: digest('1'),
        tags: ['a', 'b'],
        pushedAt: at('11:59'),
        seenAt: at('12:01'),
        builds,
      },
    ]);
  });

  it('brings back an image that was removed before', () => {
    const [gone] = withRemovedImage(
      withPushedImage([], pushed(['a'])),
      removed(),
    );
    const again = pushed(['a'], { seenAt: at('13:01') });
    expect(withPushedImage([gone], again)[0].removed).toBeUndefined();
    const late = pushed(['a'], { seenAt: at('12:30') });
    expect(withPushedImage([gone], late)[0].removedAt).toBe(at('13:00'));
  });
});

describe('withRemovedImage', () => {
  const images = [
    image('1.0.1', at('12:00'), { tags: ['1.0.1', 'latest'] }),
    image('1.0.2', at('12:00')),
    image('1.0.1', at('12:00'), { repository: WEB }),
  ];

  it('takes one tag from one image', () => {
    const [first, ...others] = withRemovedImage(
      images,
      removed({ tag: 'latest' }),
    );
    expect(first).toEqual({ ...images[0], tags: ['1.0.1'] });
    expect(others).toEqual(images.slice(1));
  });

  it('marks an image as removed, since the first observation of that', () => {
    const [first, ...others] = withRemovedImage(
      withRemovedImage(images, removed({ seenAt: at('13:05') })),
      removed(),
    );
    expect(first).toMatchObject({ removed: true, removedAt: at('13:00') });
    expect(others).toEqual(images.slice(1));
  });
});

describe('findKnownImage', () => {
  const first = image('1.0.1', at('12:00'), { digest: digest('a') });
  const second = image('1.0.1', at('12:30'), { digest: digest('b') });

  it.each([
    ['the image pushed last', { tag: '1.0.1' }, undefined, second],
    ['none pushed after the time', { tag: '1.0.1' }, at('12:10'), first],
    [
      'one pushed in the same second',
      { tag: '1.0.1' },
      '2026-01-01T12:29:59.500Z',
      second,
    ],
    [
      'the one with the digest',
      { tag: 'x', digest: digest('a') },
      undefined,
      first,
    ],
    ['nothing without the tag', { tag: '1.0.2' }, undefined, undefined],
    ['nothing for no version', {}, undefined, undefined],
  ])('finds %s', (_, version, until, expected) => {
    expect(findKnownImage([first, second], API, version, until)).toBe(expected);
    expect(findKnownImage([second, first], API, version, until)).toBe(expected);
    expect(findKnownImage([first, second], WEB, version, until)).toBe(
      undefined,
    );
  });
});

describe('the time of an image', () => {
  it('is the registry’s, else when it was first observed', () => {
    const known = image('1.0.1', at('12:00'), { seenAt: at('12:01') });
    expect(pushTime(known)).toBe(at('12:00'));
    expect(pushTime({ ...known, pushedAt: undefined })).toBe(at('12:01'));
  });

  it('is given to policies only if the registry gave it', () => {
    const known = image('1.0.1', at('12:00'));
    expect(toPushedImage(known)).toEqual({
      digest: digest('1'),
      tags: ['1.0.1'],
      pushedAt: at('12:00'),
    });
    expect(toPushedImage({ ...known, pushedAt: undefined })).toEqual({
      digest: digest('1'),
      tags: ['1.0.1'],
    });
  });
});
