import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { gitClient } from './__testUtils__/gitClient';
import { serviceFiles } from './__testUtils__/serviceFiles';
import { loadConfig } from './cli/loadConfig';
import { run } from './cli/run';
import type { SandboxConfig } from './config';
import { CREDENTIALS, PORTS } from './defaults';
import { EcrJsonClient } from './ecr';
import { type RunningSandbox, startSandbox } from './main';
import { PART_NAMES, type PartLogger } from './part';

const silent: PartLogger = { info() {}, warn() {}, error() {} };

let folder: string;
let env: Record<string, string>;
let config: SandboxConfig;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  config = await loadConfig({
    env: {
      SANDBOX_STATE_DIR: join(folder, 'state'),
      // Nothing listens there, so events stay pending.
      SANDBOX_PORTAL_URL: 'http://127.0.0.1:9',
      ...Object.fromEntries(
        PART_NAMES.map(part => [PORTS[part].variable, '0']),
      ),
    },
    pickPorts: true,
  });
  config.argocd.pollSeconds = 1;
  config.argocd.rolloutSeconds = 1;
  config.imageUpdater.intervalSeconds = 1;
  env = {
    SANDBOX_STATE_DIR: config.stateDir,
    [PORTS.git.variable]: String(config.git.port),
    [PORTS.ecr.variable]: String(config.ecr.port),
    [PORTS.argocd.variable]: String(config.argocd.port),
    [PORTS['image-updater'].variable]: String(config.imageUpdater.port),
  };
});

afterEach(async () => {
  // A git process that is just ending may still write there.
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Runs a command line, and resolves to its exit code and output. */
async function cli(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const code = await run(args, { out: say, err: say, env });
  return { code, text: lines.join('\n') };
}

async function until<T>(
  what: string,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await read();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what} did not happen`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('a whole sandbox', () => {
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ config, loggerFor: () => silent });
  });

  afterEach(async () => {
    await sandbox.stop();
  });

  const application = async (name: string) => {
    const response = await fetch(
      `${sandbox.urls.argocd}/api/v1/applications/${name}`,
      {
        headers: {
          authorization: `Bearer ${CREDENTIALS.argocd.backstage.token}`,
        },
      },
    );
    const { status } = z
      .object({
        status: z
          .object({
            sync: z.object({ status: z.string() }),
            health: z.object({ status: z.string().optional() }),
            summary: z.object({ images: z.array(z.string()).optional() }),
          })
          .optional(),
      })
      .parse(await response.json());
    return {
      sync: status?.sync.status,
      health: status?.health.status,
      images: status?.summary.images ?? [],
    };
  };

  const runs = (tag: string) =>
    until(`api-dev running ${tag}`, async () => {
      const { sync, health, images } = await application('api-dev');
      return sync === 'Synced' &&
        health === 'Healthy' &&
        images.length === 1 &&
        images[0].endsWith(`/shop/api:${tag}`)
        ? images[0]
        : undefined;
    });

  it('brings a pushed image from the registry through Git into the cluster', async () => {
    await until('the app-of-apps in order', async () => {
      const { sync, health } = await application('shop-apps');
      return sync === 'Synced' && health === 'Healthy' ? true : undefined;
    });

    const [registry] = config.argocd.registries.map(({ host }) => host);
    const repository = `${sandbox.urls.git}/shop/deploy.git`;
    const clone = join(folder, 'clone');
    await gitClient(folder, ['clone', '-q', repository, clone]);
    for (const [path, text] of Object.entries(
      serviceFiles(registry, repository),
    )) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), text);
    }
    await gitClient(clone, ['add', '-A']);
    await gitClient(clone, ['commit', '-q', '-m', 'feat: add api']);
    await gitClient(clone, ['push', '-q']);

    expect((await cli('push-image', 'shop/api', '1.0.0')).text).toBe(
      `There is no repository shop/api. Add --create to create it; ${sandbox.urls.ecr} lists those that exist.`,
    );
    const first = await cli('push-image', 'shop/api', '1.0.0', '--create');
    expect(first).toEqual({
      code: 0,
      text: expect.stringMatching(
        new RegExp(`^Pushed ${registry}/shop/api:1.0.0 \\(sha256:`),
      ),
    });
    await runs('1.0.0');
    expect((await cli('push-image', 'shop/api', '1.0.1')).code).toBe(0);
    await runs('1.0.1');

    await gitClient(clone, ['pull', '-q']);
    const [second, one] = (
      await gitClient(clone, ['log', '--format=%an <%ae>: %s %b', '-2'])
    ).split('\n\n');
    expect(second.trim()).toBe(
      "argocd-image-updater <noreply@argoproj.io>: build: automatic update of api-dev updates image shop/api tag '1.0.0' to '1.0.1'",
    );
    expect(one.trim()).toContain("tag '' to '1.0.0'");

    expect((await cli('push-image', 'shop/nothing', '1.0.0')).text).toBe(
      `There is no repository shop/nothing. Add --create to create it; ${sandbox.urls.ecr} lists those that exist.`,
    );
    expect((await cli('push-image', 'shop/api', 'a b')).text).toContain(
      '"a b" is no tag',
    );

    const failRollout = (clear: boolean) =>
      fetch(`${sandbox.urls.argocd}/_sandbox/fail-rollout`, {
        method: 'POST',
        body: JSON.stringify({ application: 'api-dev', clear }),
      });
    expect((await failRollout(false)).status).toBe(204);
    await cli('push-image', 'shop/api', '1.0.2');
    await until('the rollout of 1.0.2', async () => {
      const { images, health } = await application('api-dev');
      return images.some(image => image.endsWith(':1.0.2')) &&
        health === 'Progressing'
        ? true
        : undefined;
    });
    expect((await failRollout(true)).status).toBe(204);
    await runs('1.0.2');
  });

  it('lets parts be unreachable for a while', async () => {
    expect(await cli('outage', 'ecr', '1m')).toEqual({
      code: 0,
      text: "ecr can't be reached for 60 s.",
    });
    expect((await cli('push-image', 'shop/api', '1.0.0')).text).toContain(
      `ecr doesn't answer at ${sandbox.urls.ecr}`,
    );
    expect((await cli('outage', 'ecr', '0')).code).toBe(0);
    expect((await fetch(sandbox.urls.ecr ?? '')).status).toBe(200);
    expect((await cli('outage', 'git', 'soon')).text).toBe(
      '"soon" is no duration: write it like 30s, 2m or 1m30s, at most 60m.',
    );
    expect((await cli('outage', 'portal', '30s')).text).toBe(
      'There is no part "portal"; the parts are git, ecr, argocd, image-updater.',
    );
  });

  it('says that a tag cannot be changed', async () => {
    const ecr = new EcrJsonClient({
      url: sandbox.urls.ecr ?? '',
      credentials: CREDENTIALS.aws,
    });
    await ecr.call('CreateRepository', {
      repositoryName: 'shop/fixed',
      imageTagMutability: 'IMMUTABLE',
    });
    await cli('push-image', 'shop/fixed', '1.0.0');
    expect(
      await cli('push-image', 'shop/fixed', '1.0.0', '--content', 'other'),
    ).toEqual({
      code: 1,
      text: "shop/fixed has the tag 1.0.0 already, and its tags can't be changed: choose another one.",
    });
  });

  it('keeps others from its state', async () => {
    await expect(
      startSandbox({ config, loggerFor: () => silent }),
    ).rejects.toThrow(
      `A sandbox is running on the state in ${config.stateDir}`,
    );
    expect((await cli('reset')).text).toContain('A sandbox is running');
  });
});

describe('starting and ending', () => {
  it('starts only the wanted parts, and goes on with their state', async () => {
    const first = await startSandbox({
      config,
      parts: ['ecr'],
      loggerFor: () => silent,
    });
    expect(Object.keys(first.urls)).toEqual(['ecr']);
    await cli('push-image', 'shop/api', '1.0.0', '--create');
    await first.stop();

    const second = await startSandbox({
      config,
      parts: ['argocd', 'ecr'],
      loggerFor: () => silent,
    });
    expect(Object.keys(second.urls)).toEqual(['ecr', 'argocd']);
    // fetch may not know yet that its connection to the first one is closed.
    const images = await until('an answer', () =>
      fetch(second.urls.ecr ?? '').then(
        response => response.text(),
        () => undefined,
      ),
    );
    expect(images).toContain('"tags":["1.0.0"]');
    await second.stop();

    expect((await cli('reset')).text).toBe(
      `Removed the state in ${config.stateDir}; the next start begins afresh.`,
    );
    expect((await cli('reset')).text).toBe(
      `There is no state in ${config.stateDir}.`,
    );
  });

  it('names a port that is taken and the variable that changes it; nothing runs then', async () => {
    const other = createServer();
    await new Promise<void>(done =>
      other.listen(config.argocd.port, '127.0.0.1', done),
    );
    await expect(
      startSandbox({ config, loggerFor: () => silent }),
    ).rejects.toThrow(
      `Port ${config.argocd.port} (argocd) is taken: end what listens there, or choose another one with SANDBOX_ARGOCD_PORT.`,
    );
    await new Promise(done => other.close(done));
    await expect(fetch(config.git.publicUrl ?? '')).rejects.toThrow();

    const again = await startSandbox({ config, loggerFor: () => silent });
    await again.stop();
  });
});
