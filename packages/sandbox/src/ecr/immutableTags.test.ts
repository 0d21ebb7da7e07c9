import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  ECRClient,
  ImageAlreadyExistsException,
  ImageTagAlreadyExistsException,
  PutImageCommand,
  PutImageTagMutabilityCommand,
} from '@aws-sdk/client-ecr';
import { pushImage } from './client/pushImage';
import {
  ACCESS_KEY_ID,
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
} from './__testUtils__/registry';

describe('immutable tags', () => {
  const registries = new TestRegistries();
  let registry: TestRegistry;
  let ecr: ECRClient;

  beforeAll(async () => {
    registry = await registries.start();
    ecr = new ECRClient({
      endpoint: registry.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: 'any' },
      maxAttempts: 1,
    });
  });

  afterAll(async () => {
    ecr.destroy();
    await registries.cleanUp();
  });

  async function create(repositoryName: string, extra = {}) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName, ...extra }));
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

  async function repush(
    repository: string,
    tag: string,
    content: string,
    to = tag,
  ) {
    const { digest } = await push(repository, `${tag}-source`, content);
    const { images } = await ecr.send(
      new BatchGetImageCommand({
        repositoryName: repository,
        imageIds: [{ imageDigest: digest }],
      }),
    );
    await ecr.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: images?.[0].imageManifest,
        imageTag: to,
      }),
    );
  }

  test('cannot be moved, by either API', async () => {
    await create('sdk/immutable', { imageTagMutability: 'IMMUTABLE' });
    await push('sdk/immutable', '1.0.0', 'one');
    await expect(repush('sdk/immutable', '1.0.0', 'two')).rejects.toThrow(
      ImageTagAlreadyExistsException,
    );
    await expect(push('sdk/immutable', '1.0.0', 'two')).rejects.toMatchObject({
      code: 'TAG_INVALID',
      status: 400,
    });
    await expect(push('sdk/immutable', '1.0.0', 'one')).rejects.toMatchObject({
      code: 'TAG_INVALID',
    });
  });

  test('the same manifest and tag is ImageAlreadyExistsException', async () => {
    await create('sdk/same', { imageTagMutability: 'IMMUTABLE' });
    await repush('sdk/same', 'a', 'one', 'b');
    await expect(
      ecr.send(
        new PutImageCommand({
          repositoryName: 'sdk/same',
          imageManifest: await manifestOf('sdk/same', 'b'),
          imageTag: 'b',
        }),
      ),
    ).rejects.toThrow(ImageAlreadyExistsException);
  });

  test('can be moved once the repository allows it', async () => {
    await create('sdk/changed', { imageTagMutability: 'IMMUTABLE' });
    await push('sdk/changed', '1.0.0', 'one');
    const one = await manifestOf('sdk/changed', '1.0.0');
    await ecr.send(
      new PutImageTagMutabilityCommand({
        repositoryName: 'sdk/changed',
        imageTagMutability: 'MUTABLE',
      }),
    );
    await push('sdk/changed', '1.0.0', 'two');
    expect(await manifestOf('sdk/changed', '1.0.0')).not.toBe(one);
  });

  async function manifestOf(repositoryName: string, imageTag: string) {
    const { images } = await ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }),
    );
    return images?.[0].imageManifest;
  }
});
