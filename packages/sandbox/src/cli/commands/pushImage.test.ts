import { z } from 'zod';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
} from '../../ecr/__testUtils__/registry';
import { CREDENTIALS as DEFAULTS } from '../../defaults';
import { run } from '../run';

const imagesSchema = z.object({
  imageDetails: z.array(
    z.object({
      imageTags: z.array(z.string()).optional(),
      imageManifestMediaType: z.string(),
    }),
  ),
});
const manifestSchema = z.object({
  images: z.array(z.object({ imageManifest: z.string() })),
});
const linkSchema = z.object({ downloadUrl: z.string() });

describe('push-image', () => {
  const registries = new TestRegistries();
  let registry: TestRegistry;

  beforeEach(async () => {
    registry = await registries.start({
      config: {
        // The access keys of the test's own client and of the commands.
        accessKeyIds: [CREDENTIALS, DEFAULTS.aws].map(
          ({ accessKeyId }) => accessKeyId,
        ),
      },
    });
  });

  afterEach(async () => {
    await registries.cleanUp();
  });

  async function cli(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const say = (line: string) => lines.push(line);
    await run(args, {
      out: say,
      err: say,
      env: { SANDBOX_ECR_PORT: new URL(registry.url).port },
    });
    return lines.join('\n');
  }

  const push = (tag: string, ...options: string[]) =>
    cli('push-image', 'shop/api', tag, '--create', ...options);

  it('pushes images for platforms and with a date, one or several for a tag', async () => {
    await push(
      'single',
      '--platform',
      'linux/arm64/v8',
      '--built-at',
      '2026-01-31T12:00:00Z',
    );
    await push('several', '--platform', 'linux/amd64, linux/arm64');
    const { imageDetails } = imagesSchema.parse(
      await registry.client.call('DescribeImages', {
        repositoryName: 'shop/api',
      }),
    );
    expect(imageDetails).toHaveLength(4);
    const of = (tag: string) =>
      imageDetails.find(({ imageTags }) => imageTags?.includes(tag));
    expect(of('several')?.imageManifestMediaType).toBe(
      'application/vnd.oci.image.index.v1+json',
    );
    const { images } = manifestSchema.parse(
      await registry.client.call('BatchGetImage', {
        repositoryName: 'shop/api',
        imageIds: [{ imageTag: 'single' }, { imageTag: 'several' }],
      }),
    );
    const [single, several] = images.map(({ imageManifest }) =>
      JSON.parse(imageManifest),
    );
    expect(
      several.manifests.map(({ platform }: { platform: object }) => platform),
    ).toEqual([
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ]);
    const { downloadUrl } = linkSchema.parse(
      await registry.client.call('GetDownloadUrlForLayer', {
        repositoryName: 'shop/api',
        layerDigest: single.config.digest,
      }),
    );
    expect(await (await fetch(downloadUrl)).json()).toMatchObject({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2026-01-31T12:00:00.000Z',
    });

    expect(await push('x', '--platform', 'arm64')).toContain(
      '"arm64" is no platform: write it like linux/arm64',
    );
    expect(await push('x', '--built-at', 'soon')).toBe(
      '"soon" is no time: write it like 2026-11-23T14:00:00Z.',
    );
  });
});
