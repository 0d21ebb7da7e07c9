import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { buildImage } from './images';

describe('a built image', () => {
  const file = { path: 'app/content.txt', content: 'shop/api:1.0.0' };
  const options = { file };

  test('has the same digest for the same content, on every machine', () => {
    expect(buildImage(options)).toEqual(buildImage(options));
    expect(
      buildImage({ file: { ...file, content: 'x' } }).manifest.digest,
    ).not.toBe(buildImage(options).manifest.digest);
  });

  test('is described by its config', () => {
    const { config, layer } = buildImage({
      ...options,
      created: new Date('2026-06-01T10:15:30Z'),
      labels: { 'org.opencontainers.image.version': '1.0.0' },
    });
    const tar = gunzipSync(layer.bytes);
    expect(JSON.parse(config.bytes.toString())).toEqual({
      architecture: 'amd64',
      os: 'linux',
      created: '2026-06-01T10:15:30.000Z',
      config: { Labels: { 'org.opencontainers.image.version': '1.0.0' } },
      rootfs: {
        type: 'layers',
        diff_ids: [`sha256:${createHash('sha256').update(tar).digest('hex')}`],
      },
      history: expect.any(Array),
    });
    expect(tar.subarray(0, 15).toString()).toBe('app/content.txt');
    expect(tar.subarray(512, 512 + 14).toString()).toBe('shop/api:1.0.0');
  });
});
