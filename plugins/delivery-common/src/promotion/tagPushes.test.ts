import type { ImagePushed } from '../model/observation';
import { API } from '../testing/simulation';
import { at, digest } from './__testUtils__/builders';
import {
  findKnownImage,
  withPushedImage,
  withRemovedImage,
} from './knownImages';
import { lastPushTime, tagPush } from './tagPushes';
import type { KnownImage } from './types';

const LONG_AGO = '2025-11-22T12:00:00.000Z';

function push(
  tags: string[],
  pushedAt: string | undefined,
  seenAt: string,
  of = 'a',
): ImagePushed {
  return {
    kind: 'image-pushed',
    repository: API,
    digest: digest(of),
    tags,
    ...(pushedAt && { pushedAt }),
    seenAt,
  };
}

function images(...pushes: ImagePushed[]): KnownImage[] {
  return pushes.reduce<KnownImage[]>(withPushedImage, []);
}

const image = (...pushes: ImagePushed[]) => images(...pushes)[0];
const LISTED = push(['1.4.2'], LONG_AGO, at('11:00'));
const reported = (time: string) => ({ at: time, basis: 'reported' });
const observed = (time: string) => ({ at: time, basis: 'observed' });

describe('tagPush', () => {
  it.each<[string, ImagePushed[], ReturnType<typeof observed>]>([
    [
      'a tag that was listed with its image',
      [push(['1.4.2', 'prod'], LONG_AGO, at('11:00'))],
      reported(LONG_AGO),
    ],
    [
      'a tag that a later list has',
      [LISTED, push(['1.4.2', 'prod'], LONG_AGO, at('12:00'))],
      observed(at('12:00')),
    ],
    [
      'a tag of a later event',
      [LISTED, push(['prod'], at('12:00'), at('12:01'))],
      reported(at('12:00')),
    ],
    [
      'a tag of an event, then listed',
      [
        LISTED,
        push(['prod'], at('12:00'), at('12:01')),
        push(['1.4.2', 'prod'], LONG_AGO, at('12:05')),
      ],
      reported(at('12:00')),
    ],
    [
      'a tag of an event before the first list',
      [push(['prod'], at('12:00'), at('12:01')), LISTED],
      reported(at('12:00')),
    ],
    [
      'another tag of the same push',
      [
        push(['1.4.2'], at('12:00'), at('12:00')),
        push(['prod'], at('12:00:02'), at('12:00:03')),
      ],
      reported(at('12:00')),
    ],
    [
      'a tag without any time of the registry',
      [
        push(['1.4.2'], undefined, at('11:00')),
        push(['prod'], undefined, at('12:00')),
      ],
      observed(at('12:00')),
    ],
  ])('%s', (_, pushes, expected) => {
    expect(tagPush(image(...pushes), 'prod')).toEqual(expected);
  });

  it('leaves the time of the other tags and of the image', () => {
    const later = image(LISTED, push(['prod'], at('12:00'), at('12:01')));
    expect(tagPush(later, '1.4.2')).toEqual(reported(LONG_AGO));
    expect(later.pushedAt).toBe(LONG_AGO);
    expect(lastPushTime(later)).toBe(at('12:00'));
    const earlier = image(push(['prod'], at('12:00'), at('12:01')), LISTED);
    expect(tagPush(earlier, '1.4.2')).toEqual(reported(LONG_AGO));
  });

  it('starts again when the tag was removed', () => {
    const all = images(LISTED, push(['prod'], at('12:00'), at('12:01')));
    const removed = withRemovedImage(all, {
      kind: 'image-removed',
      repository: API,
      digest: digest('a'),
      tag: 'prod',
      seenAt: at('12:10'),
    });
    expect(removed[0].laterTags).toBeUndefined();
    const [again] = withPushedImage(
      removed,
      push(['prod'], at('12:20'), at('12:20')),
    );
    expect(tagPush(again, 'prod')).toEqual(reported(at('12:20')));
  });

  it('decides which image a moved tag means', () => {
    const all = images(
      LISTED,
      push(['prod'], at('11:30'), at('11:30'), 'b'),
      push(['prod'], at('12:00'), at('12:00')),
    );
    const found = (until?: string) =>
      findKnownImage(all, API, { tag: 'prod' }, until)?.digest;
    expect(found()).toBe(digest('a'));
    expect(found(at('11:45'))).toBe(digest('b'));
  });
});
