import { buildImage } from '@landfall/testing-kit';
import {
  digestOf,
  errorOf,
  OciTestClient,
} from './__testUtils__/OciTestClient';
import { TestRegistries } from './__testUtils__/registry';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

describe('the OCI distribution API', () => {
  const registries = new TestRegistries();
  let client: OciTestClient;

  beforeAll(async () => {
    client = await OciTestClient.start(registries);
  });

  afterAll(() => registries.cleanUp());

  async function pushImage(reference: string, content: string) {
    const image = buildImage({ file: { path: 'file', content } });
    await client.pushBlob(image.layer.bytes);
    await client.pushBlob(image.config.bytes);
    const response = await client.call(
      'PUT',
      `/v2/shop/api/manifests/${reference}`,
      {
        headers: { 'content-type': image.mediaType },
        body: image.manifest.bytes,
      },
    );
    expect(response.status).toBe(201);
    return image;
  }

  describe('authorization', () => {
    test('challenges as ECR does', async () => {
      const response = await fetch(`${client.registry.url}/v2/`);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(
        `Basic realm="${client.registry.url}/",service="ecr.amazonaws.com"`,
      );
      expect(response.headers.get('docker-distribution-api-version')).toBe(
        'registry/2.0',
      );
    });

    test('takes the token as basic and as bearer', async () => {
      expect((await client.call('GET', '/v2/')).status).toBe(200);
      const token = client.authorization.slice('Basic '.length);
      const password = Buffer.from(token, 'base64').toString().slice(4);
      for (const bearer of [token, password]) {
        const response = await fetch(`${client.registry.url}/v2/`, {
          headers: { authorization: `Bearer ${bearer}` },
        });
        expect(response.status).toBe(200);
      }
    });

    test.each(['AWS:wrong', 'AWS:a.b', 'admin:admin', ''])(
      'refuses %s',
      async pair => {
        const response = await fetch(
          `${client.registry.url}/v2/shop/api/tags/list`,
          {
            headers: {
              authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
            },
          },
        );
        expect(await errorOf(response)).toEqual({
          status: 401,
          code: 'UNAUTHORIZED',
        });
      },
    );
  });

  test('a manifest comes back byte for byte, by tag and by digest', async () => {
    const { manifest, layer } = await pushImage('1.0.0', 'pulled');
    for (const reference of ['1.0.0', manifest.digest]) {
      const path = `/v2/shop/api/manifests/${reference}`;
      const head = await client.call('HEAD', path);
      expect(head.status).toBe(200);
      expect(head.headers.get('docker-content-digest')).toBe(manifest.digest);
      const response = await client.call('GET', path);
      expect(response.headers.get('content-type')).toBe(MANIFEST);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(manifest.bytes);
    }
    const blob = await client.call('GET', `/v2/shop/api/blobs/${layer.digest}`);
    expect(Buffer.from(await blob.arrayBuffer())).toEqual(layer.bytes);
    const missing = await client.call('GET', '/v2/shop/api/manifests/9.9.9');
    expect(await errorOf(missing)).toEqual({
      status: 404,
      code: 'MANIFEST_UNKNOWN',
    });
  });

  test.each([
    ['blobs that are not there', MANIFEST, 'MANIFEST_BLOB_UNKNOWN', imageOf()],
    ['images that are not there', INDEX, 'MANIFEST_BLOB_UNKNOWN', indexOf([])],
    ['no JSON', MANIFEST, 'MANIFEST_INVALID', 'nope'],
    ['another media type', INDEX, 'MANIFEST_INVALID', imageOf()],
    ['schema 1', MANIFEST, 'MANIFEST_INVALID', '{"schemaVersion":1}'],
  ])('a manifest with %s is refused', async (_what, type, code, body) => {
    const response = await client.call('PUT', '/v2/shop/api/manifests/bad', {
      headers: { 'content-type': type },
      body,
    });
    expect(await errorOf(response)).toEqual({ status: 400, code });
  });

  function imageOf() {
    return JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { digest: digestOf('absent'), size: 6 },
      layers: [],
    });
  }

  function indexOf(children: string[]) {
    const digests = children.length > 0 ? children : [digestOf('absent')];
    return JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: digests.map((digest, at) => ({
        mediaType: MANIFEST,
        digest,
        size: 100,
        platform: { os: 'linux', architecture: ['amd64', 'arm64'][at] },
      })),
    });
  }

  test('a manifest under a digest that is not its own is refused', async () => {
    const image = await pushImage('1.0.1', 'digest');
    const response = await client.call(
      'PUT',
      `/v2/shop/api/manifests/${digestOf('other')}`,
      {
        headers: { 'content-type': image.mediaType },
        body: image.manifest.bytes,
      },
    );
    expect(await errorOf(response)).toEqual({
      status: 400,
      code: 'DIGEST_INVALID',
    });
  });

  test('a missing repository is unknown, for push and pull', async () => {
    const answers = [
      await client.call('POST', '/v2/no/such/blobs/uploads/'),
      await client.call('PUT', '/v2/no/such/manifests/1.0.0', {
        body: imageOf(),
      }),
      await client.call('GET', '/v2/no/such/manifests/1.0.0'),
      await client.call('GET', '/v2/no/such/tags/list'),
    ];
    for (const answer of answers) {
      expect(await errorOf(answer)).toEqual({
        status: 404,
        code: 'NAME_UNKNOWN',
      });
    }
  });

  test('an index holds untagged images, and is as large as the largest', async () => {
    await client.registry.client.call('CreateRepository', {
      repositoryName: 'multi',
    });
    const images = ['small', 'large'.repeat(5000)].map(content =>
      buildImage({ file: { path: 'file', content } }),
    );
    for (const { config, layer, manifest, mediaType } of images) {
      await client.pushBlob(config.bytes, 'multi');
      await client.pushBlob(layer.bytes, 'multi');
      await client.call('PUT', `/v2/multi/manifests/${manifest.digest}`, {
        headers: { 'content-type': mediaType },
        body: manifest.bytes,
      });
    }
    const children = images.map(({ manifest }) => manifest.digest);
    const pushed = await client.call('PUT', '/v2/multi/manifests/1.6.0', {
      headers: { 'content-type': INDEX },
      body: indexOf(children),
    });
    expect(pushed.status).toBe(201);

    const { imageDetails } = Object(
      await client.registry.client.call('DescribeImages', {
        repositoryName: 'multi',
      }),
    );
    const sizes = images.map(
      ({ config, layer }) => config.bytes.length + layer.bytes.length,
    );
    const details: {
      imageDigest: string;
      imageTags?: string[];
      imageSizeInBytes: number;
    }[] = imageDetails;
    const byDigest = new Map(details.map(image => [image.imageDigest, image]));
    expect(byDigest.size).toBe(3);
    children.forEach((digest, at) => {
      expect(byDigest.get(digest)?.imageTags).toBeUndefined();
      expect(byDigest.get(digest)?.imageSizeInBytes).toBe(sizes[at]);
    });
    expect(
      details.find(image => image.imageTags?.includes('1.6.0')),
    ).toMatchObject({ imageSizeInBytes: Math.max(...sizes) });
  });

  test('tags come in pages', async () => {
    await client.registry.client.call('CreateRepository', {
      repositoryName: 'tags',
    });
    const image = buildImage({ file: { path: 'file', content: 'tags' } });
    await client.pushBlob(image.layer.bytes, 'tags');
    await client.pushBlob(image.config.bytes, 'tags');
    const wanted = ['a', 'b', 'c', 'd', 'e'];
    for (const tag of [...wanted].reverse()) {
      await client.call('PUT', `/v2/tags/manifests/${tag}`, {
        headers: { 'content-type': image.mediaType },
        body: image.manifest.bytes,
      });
    }
    const pages: string[][] = [];
    let next: string | undefined = '/v2/tags/tags/list?n=2';
    while (next) {
      const response: Response = await client.call('GET', next);
      const page = Object(await response.json());
      expect(page.name).toBe('tags');
      pages.push(page.tags);
      next = /^<([^>]+)>; rel="next"$/.exec(
        response.headers.get('link') ?? '',
      )?.[1];
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    const wrong = await client.call('GET', '/v2/tags/tags/list?n=x');
    expect(wrong.status).toBe(400);
  });
});
