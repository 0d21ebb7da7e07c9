import { z } from 'zod';
import { EventTarget } from '../../ecr/__testUtils__/events';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
  until,
} from '../../ecr/__testUtils__/registry';
import { CREDENTIALS as DEFAULTS } from '../../defaults';
import { run } from '../run';

const actionSchema = z.object({
  'image-tag': z.string().optional(),
  'action-type': z.literal('PUSH'),
});

const imagesSchema = z.object({
  imageDetails: z.array(
    z.object({
      imageTags: z.array(z.string()).optional(),
      imageManifestMediaType: z.string(),
      imageScanFindingsSummary: z
        .object({ findingSeverityCounts: z.record(z.string(), z.number()) })
        .optional(),
    }),
  ),
});
const manifestSchema = z.object({
  images: z.array(z.object({ imageManifest: z.string() })),
});
const linkSchema = z.object({ downloadUrl: z.string() });

describe('commands to a registry', () => {
  const registries = new TestRegistries();
  let target: EventTarget;
  let registry: TestRegistry;

  beforeEach(async () => {
    target = await EventTarget.start();
    registry = await registries.start({
      config: {
        // The access keys of the test's own client and of the commands.
        accessKeyIds: [CREDENTIALS, DEFAULTS.aws].map(
          ({ accessKeyId }) => accessKeyId,
        ),
        events: { url: target.url, headers: {} },
      },
    });
  });

  afterEach(async () => {
    await registries.cleanUp();
    await target.close();
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

  /** Tags of the pushes that events reported, in the order of arrival. */
  const told = () =>
    target.received.map(
      ({ body }) => actionSchema.parse(body.detail)['image-tag'],
    );

  it('has events lost, doubled and shuffled, each as often as it was told', async () => {
    expect(
      await cli('disturb-events', '--lose=1', '--double=1', '--shuffle=3'),
    ).toBe(
      'Of the next events of the registry, 1 will be lost, then 1 will arrive twice, then 3 will be shuffled.',
    );
    for (const tag of ['lost', 'twice', 'a', 'b']) {
      await push(tag);
    }
    await until(() => target.received.length === 2);
    const [one, other] = target.received;
    expect(one.body).toEqual(other.body);
    expect(await cli('disturb-events')).toBe(
      'Of the next events of the registry, 1 will be shuffled, then 2 are held back for that.',
    );

    await push('c');
    await push('d');
    await until(() => target.received.length === 6);
    expect(told()).toEqual(['twice', 'twice', 'c', 'b', 'a', 'd']);
    expect(await cli('disturb-events')).toBe(
      'Events of the registry arrive as they should.',
    );
  });

  it('lets what was held back arrive when nothing more is to go wrong', async () => {
    await cli('disturb-events', '--shuffle=10');
    await push('1.0.0');
    await cli('disturb-events', '--clear');
    await until(() => target.received.length === 1);
    expect(told()).toEqual(['1.0.0']);
  });

  it('leaves events of other repositories alone when one is named', async () => {
    expect(
      await cli('disturb-events', '--lose=1', '--repository=shop/other'),
    ).toBe('Of the next events of shop/other, 1 will be lost.');
    await push('1.0.0');
    await cli('push-image', 'shop/other', 'lost', '--create');
    await push('1.0.1');
    await until(() => target.received.length === 2);
    expect(told()).toEqual(['1.0.0', '1.0.1']);
    expect(await cli('disturb-events')).toContain('arrive as they should');
  });

  it.each([
    [
      ['--repository', 'shop/api'],
      'What is to go wrong with events of shop/api?',
    ],
    [['--lose', 'some'], '"some" is no number of events, 0 to 10000.'],
    [['--lose', '10001'], '"10001" is no number of events, 0 to 10000.'],
    [['--lose', '1', '--clear'], 'Either --clear, or what is to go wrong.'],
  ])('refuses disturb-events %j', async (options, words) => {
    expect(await cli('disturb-events', ...options)).toContain(words);
  });

  it('pushes images for platforms and with a date, one or several under a tag', async () => {
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

  it('says what the next scans find', async () => {
    expect(await cli('find-vulnerabilities', 'shop/api', 'HIGH=1')).toContain(
      'no repository shop/api',
    );
    await registry.client.call('CreateRepository', {
      repositoryName: 'shop/api',
      imageScanningConfiguration: { scanOnPush: true },
    });
    expect(
      await cli('find-vulnerabilities', 'shop/api', 'CRITICAL=1', 'low=2'),
    ).toContain('find CRITICAL=1, low=2.');
    await push('1.0.0');
    await until(async () => {
      const { imageDetails } = imagesSchema.parse(
        await registry.client.call('DescribeImages', {
          repositoryName: 'shop/api',
        }),
      );
      const counts =
        imageDetails[0].imageScanFindingsSummary?.findingSeverityCounts;
      return counts?.CRITICAL === 1 && counts?.LOW === 2;
    });
    expect(await cli('find-vulnerabilities', 'shop/api', 'BAD=1')).toContain(
      '"BAD=1" says nothing of findings: write it like HIGH=3',
    );
  });
});
