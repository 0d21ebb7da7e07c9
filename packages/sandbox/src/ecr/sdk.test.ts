import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetDownloadUrlForLayerCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  ImageNotFoundException,
  LayersNotFoundException,
  LifecyclePolicyNotFoundException,
  GetLifecyclePolicyCommand,
  paginateDescribeImages,
  paginateDescribeRepositories,
  PutImageCommand,
  RepositoryAlreadyExistsException,
  RepositoryNotEmptyException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { pushImage } from './client/pushImage';
import {
  ACCESS_KEY_ID,
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
} from './__testUtils__/registry';

describe('the AWS SDK', () => {
  const registries = new TestRegistries();
  let registry: TestRegistry;
  let ecr: ECRClient;

  function client(accessKeyId: string, region = 'eu-west-1') {
    return new ECRClient({
      endpoint: registry.url,
      region,
      credentials: { accessKeyId, secretAccessKey: 'any' },
      maxAttempts: 1,
    });
  }

  beforeAll(async () => {
    registry = await registries.start();
    ecr = client(ACCESS_KEY_ID);
  });

  afterAll(async () => {
    ecr.destroy();
    await registries.cleanUp();
  });

  async function create(repositoryName: string, extra = {}) {
    const answer = await ecr.send(
      new CreateRepositoryCommand({ repositoryName, ...extra }),
    );
    return answer.repository;
  }

  function push(repository: string, tag: string, content?: string) {
    return pushImage({
      registryUrl: registry.url,
      credentials: CREDENTIALS,
      repository,
      tag,
      content,
    });
  }

  test('creates a repository and finds it again', async () => {
    const created = await create('sdk/api', {
      imageTagMutability: 'IMMUTABLE',
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/own' },
    });
    expect(created).toEqual({
      repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/sdk/api',
      registryId: '123456789012',
      repositoryName: 'sdk/api',
      repositoryUri: `${new URL(registry.url).host}/sdk/api`,
      createdAt: expect.any(Date),
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/own' },
    });
    const { repositories } = await ecr.send(
      new DescribeRepositoriesCommand({ repositoryNames: ['sdk/api'] }),
    );
    expect(repositories).toEqual([created]);
    await expect(create('sdk/api')).rejects.toThrow(
      RepositoryAlreadyExistsException,
    );
  });

  test('reads what the pusher pushed', async () => {
    await create('sdk/pushed');
    const before = Date.now();
    const { digest, reference } = await push('sdk/pushed', '1.0.0');
    expect(reference).toBe(`${new URL(registry.url).host}/sdk/pushed:1.0.0`);
    const { imageDetails } = await ecr.send(
      new DescribeImagesCommand({
        repositoryName: 'sdk/pushed',
        imageIds: [{ imageTag: '1.0.0' }],
      }),
    );
    const { images } = await ecr.send(
      new BatchGetImageCommand({
        repositoryName: 'sdk/pushed',
        imageIds: [{ imageDigest: digest }],
      }),
    );
    const manifest = JSON.parse(images?.[0].imageManifest ?? '');
    expect(imageDetails).toEqual([
      {
        registryId: '123456789012',
        repositoryName: 'sdk/pushed',
        imageDigest: digest,
        imageTags: ['1.0.0'],
        imageSizeInBytes: manifest.config.size + manifest.layers[0].size,
        imagePushedAt: expect.any(Date),
        imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      },
    ]);
    const pushedAt = imageDetails?.[0].imagePushedAt?.getTime() ?? 0;
    expect(pushedAt).toBeGreaterThanOrEqual(before);
    expect(pushedAt).toBeLessThanOrEqual(Date.now());
  });

  test('gives a link to a configuration, which works without credentials, and no other', async () => {
    await create('sdk/layers');
    const { digest } = await push('sdk/layers', '1.0.0');
    const { images } = await ecr.send(
      new BatchGetImageCommand({
        repositoryName: 'sdk/layers',
        imageIds: [{ imageDigest: digest }],
      }),
    );
    const { config } = JSON.parse(images?.[0].imageManifest ?? '');
    const { downloadUrl = '' } = await ecr.send(
      new GetDownloadUrlForLayerCommand({
        repositoryName: 'sdk/layers',
        layerDigest: config.digest,
      }),
    );
    const content = await fetch(downloadUrl);
    expect(await content.json()).toMatchObject({
      os: 'linux',
      architecture: 'amd64',
      created: expect.any(String),
    });
    const forged = downloadUrl.replace(config.digest, digest);
    expect((await fetch(forged)).status).toBe(401);
    await expect(
      ecr.send(
        new GetDownloadUrlForLayerCommand({
          repositoryName: 'sdk/layers',
          layerDigest: digest,
        }),
      ),
    ).rejects.toThrow(LayersNotFoundException);
  });

  test('pages through images, each once, and not by date', async () => {
    await create('sdk/many');
    const digests: string[] = [];
    for (let n = 0; n < 25; n++) {
      digests.push((await push('sdk/many', `1.0.${n}`, `${n}`)).digest);
    }
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateDescribeImages(
      { client: ecr, pageSize: 10 },
      { repositoryName: 'sdk/many' },
    )) {
      pages.push(page.imageDetails?.map(image => image.imageDigest) ?? []);
    }
    expect(pages.map(page => page.length)).toEqual([10, 10, 5]);
    expect(pages.flat().sort()).toEqual([...digests].sort());
    expect(pages.flat()).not.toEqual(digests);
  });

  test('answers 100 images without maxResults', async () => {
    await create('sdk/hundred');
    for (let n = 0; n < 101; n++) {
      await push('sdk/hundred', `${n}`, `${n}`);
    }
    const first = await ecr.send(
      new DescribeImagesCommand({ repositoryName: 'sdk/hundred' }),
    );
    expect(first.imageDetails).toHaveLength(100);
    const all = await ecr.send(
      new DescribeImagesCommand({
        repositoryName: 'sdk/hundred',
        maxResults: 1000,
      }),
    );
    expect(all.imageDetails).toHaveLength(101);
    expect(all.nextToken).toBeUndefined();
  });

  test('pages through repositories', async () => {
    for (let n = 0; n < 5; n++) {
      await create(`paged/r${n}`);
    }
    const names: (string | undefined)[] = [];
    for await (const page of paginateDescribeRepositories(
      { client: ecr, pageSize: 2 },
      {},
    )) {
      names.push(...(page.repositories ?? []).map(r => r.repositoryName));
    }
    expect(names.filter(name => name?.startsWith('paged/'))).toHaveLength(5);
    expect(new Set(names).size).toBe(names.length);
  });

  test('gets the exceptions that it knows', async () => {
    await create('sdk/errors');
    const missing = { repositoryName: 'no/such' };
    await expect(ecr.send(new DescribeImagesCommand(missing))).rejects.toThrow(
      RepositoryNotFoundException,
    );
    await expect(push('no/such', '1.0.0')).rejects.toMatchObject({
      code: 'NAME_UNKNOWN',
      status: 404,
    });
    await expect(
      ecr.send(
        new DescribeImagesCommand({
          repositoryName: 'sdk/errors',
          imageIds: [{ imageTag: 'none' }],
        }),
      ),
    ).rejects.toThrow(ImageNotFoundException);
    await expect(
      ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'sdk/errors' })),
    ).rejects.toThrow(LifecyclePolicyNotFoundException);
    await expect(
      ecr.send(
        new PutImageCommand({
          repositoryName: 'sdk/errors',
          imageManifest: JSON.stringify({
            schemaVersion: 2,
            config: { digest: `sha256:${'1'.repeat(64)}`, size: 1 },
            layers: [],
          }),
        }),
      ),
    ).rejects.toThrow(LayersNotFoundException);
    await push('sdk/errors', '1.0.0');
    await expect(
      ecr.send(new DeleteRepositoryCommand({ repositoryName: 'sdk/errors' })),
    ).rejects.toThrow(RepositoryNotEmptyException);
    const { failures } = await ecr.send(
      new BatchDeleteImageCommand({
        repositoryName: 'sdk/errors',
        imageIds: [{}],
      }),
    );
    expect(failures?.[0].failureCode).toBe('MissingDigestAndTag');
  });

  test('gets a token for 12 hours', async () => {
    const { authorizationData } = await ecr.send(
      new GetAuthorizationTokenCommand({}),
    );
    const hours =
      ((authorizationData?.[0].expiresAt?.getTime() ?? 0) - Date.now()) /
      3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
    expect(authorizationData?.[0].proxyEndpoint).toBe(registry.url);
  });

  test('is refused with another access key or region', async () => {
    const stranger = client('AKIASOMEONEELSE00000');
    await expect(
      stranger.send(new DescribeRepositoriesCommand({})),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const elsewhere = client(ACCESS_KEY_ID, 'us-east-1');
    await expect(
      elsewhere.send(new DescribeRepositoriesCommand({})),
    ).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});
