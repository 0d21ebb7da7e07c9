import fc from 'fast-check';
import { withChildren } from './images';
import { parseManifest } from './manifest';
import type { RegistryImage } from './types';

const digest = (character: string) => `sha256:${character.repeat(64)}`;

describe('parseManifest', () => {
  it('reads an index with variants, and skips entries without a platform', () => {
    const text = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          digest: digest('a'),
          size: 1,
          platform: { os: 'linux', architecture: 'amd64' },
        },
        {
          digest: digest('b'),
          platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
        },
        {
          digest: digest('c'),
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
          },
          platform: { os: 'unknown', architecture: 'unknown' },
        },
        { digest: digest('d') },
      ],
    });
    expect(parseManifest(text)).toEqual({
      kind: 'index',
      children: [
        { digest: digest('a'), platform: 'linux/amd64' },
        { digest: digest('b'), platform: 'linux/arm/v7' },
        { digest: digest('c') },
        { digest: digest('d') },
      ],
    });
  });

  it('reads an image, with its total size', () => {
    const config = {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: digest('a'),
      size: 7,
    };
    const layers = [
      { mediaType: 'x', digest: digest('b'), size: 100 },
      { mediaType: 'x', digest: digest('c'), size: 20 },
    ];
    expect(parseManifest(JSON.stringify({ config, layers }))).toEqual({
      kind: 'image',
      artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      sizeInBytes: 127,
      config: { digest: digest('a'), mediaType: config.mediaType },
    });
    expect(
      parseManifest(
        JSON.stringify({
          config: { digest: digest('a') },
          layers,
          artifactType: 'application/vnd.example',
        }),
      ),
    ).toEqual({
      kind: 'image',
      artifactMediaType: 'application/vnd.example',
      config: { digest: digest('a') },
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', 'null'],
    ['Docker’s first schema', '{"schemaVersion":1,"fsLayers":[]}'],
    ['a digest that is none', '{"manifests":[{"digest":"../../etc"}]}'],
  ])('returns undefined for %s', (_, text) => {
    expect(parseManifest(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), text => {
        expect(() => parseManifest(text)).not.toThrow();
      }),
      { numRuns: 3000 },
    );
  });
});

describe('withChildren', () => {
  const image = (character: string): RegistryImage => ({
    repository: 'registry.example.com/shop/api',
    digest: digest(character),
    tags: [],
  });

  it('distinguishes indexes, their children and other images', () => {
    const held = { digest: digest('c'), platform: 'linux/amd64' };
    expect(
      withChildren(
        [image('b'), image('a'), image('c'), image('d')],
        new Map([
          [digest('a'), [held]],
          [digest('b'), [held, { digest: digest('e') }]],
        ]),
      ),
    ).toEqual([
      { ...image('b'), children: [held, { digest: digest('e') }] },
      { ...image('a'), children: [held] },
      { ...image('c'), childOf: [digest('a'), digest('b')] },
      image('d'),
    ]);
  });
});
