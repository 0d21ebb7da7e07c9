import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { EcrServer } from '../../__testUtils__/EcrServer';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const PUSHED = Date.parse('2026-01-01T00:00:00Z') / 1000;

const digestOf = (number: number) =>
  `sha256:${String(number).padStart(64, '0')}`;
const image = (number: number) => ({
  imageDigest: digestOf(number),
  imageTags: [`1.0.${number}`],
  imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
  imagePushedAt: PUSHED + number,
});
const complete = (severities: Record<string, number>) => ({
  imageScanStatus: { status: 'COMPLETE' },
  imageScanFindings: {
    imageScanCompletedAt: PUSHED,
    findingSeverityCounts: severities,
  },
});
const idSchema = z.object({
  imageId: z.object({ imageDigest: z.string() }),
  maxResults: z.number(),
});

describe('EcrScans', () => {
  let server: EcrServer;
  let imageDetails: object[] = [];
  const findings = new Map<string, object>();
  let isRefused = false;
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    server = await EcrServer.start();
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    isRefused = false;
    findings.clear();
    logger.warn.mockClear();
    server.answers(({ operation, input }) => {
      if (operation === 'DescribeImages') {
        return { status: 200, body: { imageDetails } };
      }
      const { imageId } = idSchema.parse(input);
      const found = findings.get(imageId.imageDigest);
      if (isRefused) {
        return { status: 400, body: { __type: 'AccessDeniedException' } };
      }
      return found
        ? { status: 200, body: found }
        : { status: 400, body: { __type: 'ScanNotFoundException' } };
    });
  });

  const asked = () =>
    server.calls
      .filter(({ operation }) => operation === 'DescribeImageScanFindings')
      .map(({ input }) => idSchema.parse(input).imageId.imageDigest)
      .sort();

  const create = () =>
    EcrRegistrySource.create({
      clients: server.clients,
      hosts: EcrHosts.create([]),
      logger,
    });

  it('reads scans of the newest versions, and keeps them', async () => {
    imageDetails = Array.from({ length: 30 }, (_, index) => image(index));
    for (let number = 0; number < 30; number++) {
      findings.set(digestOf(number), complete({ LOW: number }));
    }
    const source = create();
    for (const _ of [1, 2]) {
      const images = await source.listImages(REPOSITORY);
      expect(images.map(({ scan }) => scan?.severities?.LOW)).toEqual([
        ...Array.from({ length: 10 }, (__, index) => 29 - index),
        ...Array.from({ length: 20 }, () => undefined),
      ]);
    }
    expect(asked()).toEqual(
      Array.from({ length: 10 }, (_, index) => digestOf(20 + index)),
    );
  });

  it('rereads the scan of an image after its event, however old it is', async () => {
    imageDetails = Array.from({ length: 12 }, (_, index) => image(index));
    findings.set(digestOf(0), complete({ HIGH: 1 }));
    const source = create();
    const old = async (scanned?: string[]) =>
      (await source.listImages(REPOSITORY, { scanned })).at(-1)?.scan;
    expect(await old()).toBeUndefined();
    expect(await old([digestOf(0)])).toMatchObject({ severities: { HIGH: 1 } });
    findings.set(digestOf(0), complete({ HIGH: 2 }));
    expect(await old()).toMatchObject({ severities: { HIGH: 1 } });
    expect(await old([digestOf(0)])).toMatchObject({ severities: { HIGH: 2 } });
  });

  it('makes one call if nothing is scanned, and none if the list includes the scans', async () => {
    imageDetails = [image(1), image(2), image(3)];
    const source = create();
    await source.listImages(REPOSITORY);
    await source.listImages(REPOSITORY);
    expect(asked()).toEqual([digestOf(3)]);

    imageDetails = [
      image(1),
      { ...image(4), imageScanStatus: { status: 'ACTIVE' } },
    ];
    const images = await source.listImages(REPOSITORY);
    expect(images[0].scan).toEqual({ status: 'ACTIVE' });
    expect(asked()).toEqual([digestOf(3)]);
  });

  it('merges the scans of an index’s platforms only', async () => {
    imageDetails = [
      {
        ...image(1),
        imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
      },
      { ...image(2), imageTags: [] },
      {
        ...image(3),
        artifactMediaType: 'application/vnd.cncf.helm.config.v1+json',
      },
    ];
    const source = create();
    const manifests = [
      {
        digest: digestOf(2),
        platform: { os: 'linux', architecture: 'amd64' },
      },
    ];
    const answers: Record<string, object> = {
      DescribeImages: { imageDetails },
      BatchGetImage: {
        images: [
          {
            imageId: { imageDigest: digestOf(1) },
            imageManifest: JSON.stringify({ manifests }),
          },
        ],
      },
      DescribeImageScanFindings: complete({ MEDIUM: 4 }),
    };
    server.answers(({ operation }) => ({
      status: 200,
      body: answers[operation],
    }));
    const images = await source.listImages(REPOSITORY);
    expect(asked()).toEqual([digestOf(2)]);
    expect(images.map(({ scan }) => scan?.severities)).toEqual([
      undefined,
      { MEDIUM: 4 },
      undefined,
    ]);
  });

  it('leaves out scans without permission, and warns once', async () => {
    imageDetails = [image(1)];
    isRefused = true;
    const source = create();
    expect((await source.listImages(REPOSITORY))[0].scan).toBeUndefined();
    expect(await source.listImages(REPOSITORY)).toHaveLength(1);
    expect(asked()).toHaveLength(1);
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          'requires the permission ecr:DescribeImageScanFindings',
        ),
      ],
    ]);
  });
});
