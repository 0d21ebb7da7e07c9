import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { ConfigReader } from '@backstage/config';
import {
  EcrClients,
  EcrHosts,
  EcrRegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { CREDENTIALS, pushImage } from '@landfall/sandbox';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { SandboxProcess } from '../../processes';

const IMAGES = 10_000;
const REPOSITORY = 'shop/many';
const FIRST_TAG = '1.0.0-first';
const AT_ONCE = 16;

/** The result of reading a whole repository. */
export interface ImagesResult {
  images: number;
  ms: number;
  cpuMs: number;
  /** The peak increase of the process's memory. */
  megabytes: number;
}

/** Reads all images of a repository with 10,000 of them, as the poller does. */
export async function measureImages(
  say: (line: string) => void,
): Promise<ImagesResult> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  const sandbox = await SandboxProcess.start({ folder });
  // The SDK finds the API with this variable.
  process.env.AWS_ENDPOINT_URL_ECR = sandbox.urls.ecr;
  const { accountId, region, ...keys } = CREDENTIALS.aws;
  const clients = EcrClients.fromConfig(
    new ConfigReader({ aws: { accounts: [{ accountId, ...keys }] } }),
  );
  const host = sandbox.registryHost;
  const source = EcrRegistrySource.create({
    clients,
    hosts: EcrHosts.create([{ host, accountId, region }]),
  });
  try {
    await fill(sandbox, clients);
    say(`${IMAGES} images are there`);
    return await read(source, `${host}/${REPOSITORY}`);
  } finally {
    await clients.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Pushes one image, and then its manifest repeatedly with different
 * annotations.
 */
async function fill(
  sandbox: SandboxProcess,
  clients: EcrClients,
): Promise<void> {
  const repositoryName = REPOSITORY;
  const client = await clients.getClient(CREDENTIALS.aws);
  await client.send(new CreateRepositoryCommand({ repositoryName }));
  await pushImage({
    registryUrl: sandbox.urls.ecr,
    credentials: CREDENTIALS.aws,
    repository: REPOSITORY,
    tag: FIRST_TAG,
    created: new Date(),
  });
  const { images = [] } = await client.send(
    new BatchGetImageCommand({
      repositoryName,
      imageIds: [{ imageTag: FIRST_TAG }],
    }),
  );
  const manifest = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(images[0].imageManifest ?? ''));
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    Array.from({ length: IMAGES - 1 }, (_, index) =>
      limit(() =>
        client.send(
          new PutImageCommand({
            repositoryName,
            imageTag: `1.${Math.floor(index / 100)}.${index % 100}`,
            imageManifest: JSON.stringify({
              ...manifest,
              annotations: { number: String(index) },
            }),
          }),
        ),
      ),
    ),
  );
}

async function read(
  source: EcrRegistrySource,
  repository: string,
): Promise<ImagesResult> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const images = await source.listImages(repository);
  const ms = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage.rss());
  return {
    images: images.length,
    ms,
    cpuMs: (user + system) / 1000,
    megabytes: (peak - before) / 1e6,
  };
}
