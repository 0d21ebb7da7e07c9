import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import { imageChanges } from './imageChanges';

const repository = 'registry.example.com/shop/api';
const seenAt = '2026-11-23T05:00:00.000Z';
const before = '2026-11-23T04:00:00.000Z';

const known = (
  digest: string,
  tags: string[],
  rest: Partial<KnownImage> = {},
): KnownImage => ({
  repository,
  digest,
  tags,
  pushedAt: before,
  seenAt: before,
  ...rest,
});
const present = (
  digest: string,
  tags: string[],
  pushedAt: string | undefined = before,
): RegistryImage => ({ repository, digest, tags, pushedAt });

const changes = (images: RegistryImage[], knownImages: KnownImage[]) =>
  imageChanges({ repository, images, seenAt }, knownImages).map(change => [
    change.kind,
    change.digest,
    change.kind === 'image-pushed' ? change.tags : change.tag,
  ]);

describe('imageChanges', () => {
  it('tells nothing of what is known', () => {
    expect(
      changes([present('d1', ['1', 'latest'])], [known('d1', ['latest', '1'])]),
    ).toEqual([]);
  });

  it('tells new images in the order in which they were pushed', () => {
    expect(
      changes(
        [
          present('d3', ['3'], '2026-11-23T04:03:00Z'),
          present('d1', ['1'], '2026-11-23T04:01:00Z'),
          present('d2', [], '2026-11-23T04:02:00Z'),
        ],
        [],
      ),
    ).toEqual([
      ['image-pushed', 'd1', ['1']],
      ['image-pushed', 'd2', []],
      ['image-pushed', 'd3', ['3']],
    ]);
  });

  it('tells a tag that moved to another image', () => {
    expect(
      changes(
        [present('d1', ['1']), present('d2', ['2', 'latest'])],
        [known('d1', ['1', 'latest']), known('d2', ['2'])],
      ),
    ).toEqual([
      ['image-removed', 'd1', 'latest'],
      ['image-pushed', 'd2', ['2', 'latest']],
    ]);
  });

  it('tells an image that is no longer there, once', () => {
    expect(changes([], [known('d1', ['1'])])).toEqual([
      ['image-removed', 'd1', undefined],
    ]);
    expect(changes([], [known('d1', ['1'], { removed: true })])).toEqual([]);
  });

  it('tells an image that came back', () => {
    expect(
      changes([present('d1', ['1'])], [known('d1', ['1'], { removed: true })]),
    ).toEqual([['image-pushed', 'd1', ['1']]]);
  });

  it('takes no image for removed that came after the read began', () => {
    expect(changes([], [known('d1', ['1'], { seenAt })])).toEqual([]);
  });

  it('tells a push time that is earlier than the known one', () => {
    expect(
      changes(
        [present('d1', ['1'], '2026-11-23T03:59:59Z')],
        [known('d1', ['1'])],
      ),
    ).toEqual([['image-pushed', 'd1', ['1']]]);
    expect(
      changes(
        [present('d1', ['1'])],
        [known('d1', ['1'], { pushedAt: undefined })],
      ),
    ).toEqual([['image-pushed', 'd1', ['1']]]);
    expect(
      changes(
        [present('d1', ['1'], '2026-11-23T04:00:01Z')],
        [known('d1', ['1'])],
      ),
    ).toEqual([]);
  });
});
