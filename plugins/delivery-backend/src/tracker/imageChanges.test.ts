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
  it('reports nothing for known images', () => {
    expect(
      changes([present('d1', ['1', 'latest'])], [known('d1', ['latest', '1'])]),
    ).toEqual([]);
  });

  it('reports new images in the order of their push', () => {
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

  it('reports a tag that moved to another image', () => {
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

  it('reports a removed image once', () => {
    expect(changes([], [known('d1', ['1'])])).toEqual([
      ['image-removed', 'd1', undefined],
    ]);
    expect(changes([], [known('d1', ['1'], { removed: true })])).toEqual([]);
  });

  it('reports an image that came back', () => {
    expect(
      changes([present('d1', ['1'])], [known('d1', ['1'], { removed: true })]),
    ).toEqual([['image-pushed', 'd1', ['1']]]);
  });

  it('does not report an image as removed that was pushed after the read began', () => {
    expect(changes([], [known('d1', ['1'], { seenAt })])).toEqual([]);
  });

  it('reports a push time that is earlier than the known one', () => {
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
