import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pushImage } from './client/pushImage';
import { EcrJsonClient } from './client/EcrJsonClient';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
} from './__testUtils__/registry';

describe('a registry on a folder that another one left', () => {
  const registries = new TestRegistries();
  const children: ChildProcess[] = [];

  afterAll(async () => {
    children.forEach(child => child.kill('SIGKILL'));
    await registries.cleanUp();
  });

  /** Everything that can be read, without the registry's address. */
  async function everything(url: string) {
    const client = new EcrJsonClient({ url, credentials: CREDENTIALS });
    const { repositories } = Object(
      await client.call('DescribeRepositories', {}),
    );
    const names: string[] = repositories.map(
      (repository: { repositoryName: string }) => repository.repositoryName,
    );
    const images = await Promise.all(
      names.map(repositoryName =>
        client.call('DescribeImages', { repositoryName }),
      ),
    );
    const text = JSON.stringify({ repositories, images });
    return JSON.parse(text.replaceAll(new URL(url).host, 'registry'));
  }

  function push(url: string, tag: string, content?: string) {
    return pushImage({
      registryUrl: url,
      credentials: CREDENTIALS,
      repository: 'shop/api',
      tag,
      content,
    });
  }

  async function fill(registry: TestRegistry) {
    const { client, url } = registry;
    await client.call('CreateRepository', {
      repositoryName: 'shop/api',
      tags: [{ Key: 'owner', Value: 'shop' }],
    });
    await client.call('CreateRepository', {
      repositoryName: 'shop/gone',
    });
    await client.call('DeleteRepository', { repositoryName: 'shop/gone' });
    await push(url, '1.0.0', 'one');
    await push(url, 'latest', 'one');
    await push(url, 'LATEST', 'two');
    await push(url, 'latest', 'two');
    await client.call('SetRepositoryPolicy', {
      repositoryName: 'shop/api',
      policyText: '{"Statement":[{"Effect":"Allow","Action":"*"}]}',
    });
  }

  test('returns the same, and accepts its tokens', async () => {
    const stateDir = registries.folder();
    const first = await registries.start({ stateDir });
    await fill(first);
    const before = await everything(first.url);
    const authorization = await first.client.authorization();
    await first.part.stop();

    const second = await registries.start({ stateDir });
    expect(await everything(second.url)).toEqual(before);
    expect(before.images[0].imageDetails).toHaveLength(4);
    const tags = await fetch(`${second.url}/v2/shop/api/tags/list`, {
      headers: { authorization },
    });
    expect(tags.status).toBe(200);
    const policy = await second.client.call('GetRepositoryPolicy', {
      repositoryName: 'shop/api',
    });
    expect(policy).toMatchObject({
      policyText: '{"Statement":[{"Effect":"Allow","Action":"*"}]}',
    });
  });

  test('has every push that was answered before kill -9', async () => {
    const stateDir = registries.folder();
    const { child, url } = await startProcess(stateDir);
    const client = new EcrJsonClient({ url, credentials: CREDENTIALS });
    await client.call('CreateRepository', { repositoryName: 'shop/api' });
    const answered: string[] = [];
    const pushing = (async () => {
      for (let n = 0; ; n++) {
        await push(url, `1.0.${n}`, `${n}`);
        answered.push(`1.0.${n}`);
        if (n === 20) {
          child.kill('SIGKILL');
        }
      }
    })();
    await expect(pushing).rejects.toThrow(/can't be reached/);

    const after = await registries.start({ stateDir });
    const { imageDetails } = Object(
      await after.client.call('DescribeImages', {
        repositoryName: 'shop/api',
        maxResults: 1000,
      }),
    );
    const tags = imageDetails.flatMap(
      (image: { imageTags: string[] }) => image.imageTags,
    );
    expect(tags).toEqual(expect.arrayContaining(answered));
    expect(answered.length).toBeGreaterThan(20);
  });

  /** A registry in a separate process, run the same way as the sandbox. */
  async function startProcess(stateDir: string) {
    const script = `
      const { startRegistry } = require(${JSON.stringify(
        join(__dirname, 'index.ts'),
      )});
      const log = () => {};
      startRegistry({
        config: { port: 0, accountId: '123456789012', region: 'eu-west-1', accessKeyIds: [${JSON.stringify(
          CREDENTIALS.accessKeyId,
        )}] },
        host: '127.0.0.1',
        stateDir: ${JSON.stringify(stateDir)},
        logger: { info: log, warn: log, error: log },
      }).then(part => console.log(part.url));
    `;
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '--eval',
        script,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
    );
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, url: line };
    }
    throw new Error('the registry process ended before it answered');
  }
});
