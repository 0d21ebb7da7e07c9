import {
  buildImage,
  buildIndex,
  type Content,
  contentOf,
} from '@landfall/testing-kit';
import { findImageSource } from './imageSource';
import { parseManifest } from './manifest';

const REVISION = 'org.opencontainers.image.revision';
const SOURCE = 'org.opencontainers.image.source';
const sha = 'a'.repeat(40);
const url = 'https://github.com/shop/api';

describe('findImageSource', () => {
  const contents = new Map<string, Buffer>();
  const keep = ({ digest, bytes }: Content) => contents.set(digest, bytes);

  /** @returns the digest */
  function put(content: Content): string {
    keep(content);
    return content.digest;
  }

  function imageWith(labels: Record<string, string>, platform = 'linux/amd64') {
    const image = buildImage({
      file: { path: 'a', content: 'b' },
      labels,
      platform,
    });
    keep(image.config);
    keep(image.manifest);
    return image;
  }

  /** The manifest of an image, with annotations. */
  function annotated(labels: Record<string, string>, annotations: unknown) {
    const { manifest } = imageWith(labels);
    return put(
      contentOf({ ...JSON.parse(manifest.bytes.toString()), annotations }),
    );
  }

  function indexOf(...all: Record<string, string>[]) {
    return buildIndex(
      all.map((labels, index) => {
        const platform = ['linux/amd64', 'linux/arm64'][index];
        return { image: imageWith(labels, platform), platform };
      }),
    );
  }

  const find = (digest: string) =>
    findImageSource(
      {
        manifest: async wanted =>
          parseManifest(contents.get(wanted)?.toString() ?? ''),
        config: async wanted => contents.get(wanted)?.toString(),
      },
      digest,
    );

  it.each<[string, () => string, object | undefined]>([
    [
      'the labels of an image',
      () =>
        imageWith({ [REVISION]: sha, [SOURCE]: url, other: 'x' }).manifest
          .digest,
      { revision: sha, url },
    ],
    [
      'a label alone',
      () => imageWith({ [SOURCE]: ` ${url} ` }).manifest.digest,
      { url },
    ],
    ['no labels', () => imageWith({}).manifest.digest, undefined],
    [
      'an empty label',
      () => imageWith({ [REVISION]: '' }).manifest.digest,
      undefined,
    ],
    [
      'a label that is too long',
      () => imageWith({ [REVISION]: 'a'.repeat(2049) }).manifest.digest,
      undefined,
    ],
    [
      'annotations before labels',
      () => annotated({ [REVISION]: 'b'.repeat(40) }, { [REVISION]: sha }),
      { revision: sha },
    ],
    [
      'labels where annotations lack the revision',
      () => annotated({ [REVISION]: sha }, { [SOURCE]: url }),
      { revision: sha },
    ],
    [
      'annotations of other types',
      () => annotated({ [REVISION]: sha }, { [REVISION]: 7 }),
      { revision: sha },
    ],
    [
      'the first image of an index',
      () => put(indexOf({ [REVISION]: sha }, {})),
      { revision: sha },
    ],
    [
      'the annotations of an index',
      () => {
        const { bytes } = indexOf({}, {});
        return put(
          contentOf({
            ...JSON.parse(bytes.toString()),
            annotations: { [REVISION]: sha },
          }),
        );
      },
      { revision: sha },
    ],
    [
      'what is no manifest',
      () => put(contentOf(Buffer.from('<html>'))),
      undefined,
    ],
    [
      'what is no image',
      () =>
        put(
          contentOf({
            config: {
              digest: contentOf({}).digest,
              mediaType: 'application/vnd.cncf.helm.config.v1+json',
            },
            layers: [],
          }),
        ),
      undefined,
    ],
  ])('goes by %s', async (_, digestOf, expected) => {
    expect(await find(digestOf())).toEqual(expected);
  });
});
