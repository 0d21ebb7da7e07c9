import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsWithout } from './commands/start';
import { secondsOf } from './commands/outage';
import { loadConfig } from './loadConfig';
import { run } from './run';
import { StateLock } from './StateLock';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-cli-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function cli(args: string[], env: Record<string, string> = {}) {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const code = await run(args, { out: say, err: say, env });
  return { code, text: lines.join('\n') };
}

describe('help', () => {
  it.each(['start', 'push-image', 'outage', 'reset'])(
    '%s has examples',
    async command => {
      const { code, text } = await cli([command, '--help']);
      expect(code).toBe(0);
      expect(text).toContain(`npm run sandbox -- ${command}`);
    },
  );

  it('reports an unknown command and missing arguments', async () => {
    expect(await cli(['psuh-image'])).toEqual({
      code: 1,
      text: expect.stringContaining("unknown command 'psuh-image'"),
    });
    expect(await cli(['push-image', 'shop/api'])).toEqual({
      code: 1,
      text: expect.stringContaining("missing required argument 'tag'"),
    });
  });
});

describe('a sandbox that does not run', () => {
  const env = {
    // The discard port, where nothing listens.
    SANDBOX_ECR_PORT: '9',
    SANDBOX_GIT_PORT: '9',
  };

  it.each([
    [['push-image', 'shop/api', '1.0.0']],
    [['push-image', 'shop/api', '1.0.0', '--create']],
    [['outage', 'git', '10s']],
  ])('%j says how to start it', async args => {
    const { code, text } = await cli(args, env);
    expect(code).toBe(1);
    expect(text).toContain("doesn't answer at http://127.0.0.1:9");
    expect(text).toContain('Start it with npm start.');
    expect(text.split('\n')).toHaveLength(1);
  });
});

describe('durations', () => {
  it.each([
    ['30s', 30],
    ['30', 30],
    ['2m', 120],
    ['1m30s', 90],
    ['0s', 0],
    ['60m', 3600],
    ['1h', 3600],
  ])('%s is %d s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(['', 's', '2h', '-5s', '61m', '3601', 'soon'])('%j is none', text => {
    expect(() => secondsOf(text)).toThrow('is no duration');
  });

  it('are parsed as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3600 }), seconds => {
        const text = `${Math.floor(seconds / 60)}m${seconds % 60}s`;
        expect(secondsOf(text)).toBe(seconds);
        expect(secondsOf(`${seconds}s`)).toBe(seconds);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the parts to start', () => {
  it('are all by default, in their order', () => {
    expect(partsWithout()).toEqual(['git', 'ecr', 'argocd', 'image-updater']);
    expect(partsWithout('argocd, image-updater')).toEqual(['git', 'ecr']);
  });

  it.each([
    ['argo', 'There is no part "argo"'],
    ['git,ecr,argocd,image-updater', 'No part is left'],
  ])('without %s are refused', (list, message) => {
    expect(() => partsWithout(list)).toThrow(message);
  });
});

describe('configuration', () => {
  it('derives URLs from ports, and lets a file change single values', async () => {
    const file = join(folder, 'real.yaml');
    writeFileSync(
      file,
      `argocd:
  pollSeconds: 60
imageUpdater:
  kubernetes: { url: "https://kubernetes.example.com", token: abc }
`,
    );
    const config = await loadConfig({
      env: { SANDBOX_ECR_PORT: '4301', SANDBOX_PORTAL_URL: 'http://p:1/' },
      file,
    });
    expect(config.ecr).toMatchObject({
      port: 4301,
      publicUrl: 'http://127.0.0.1:4301',
      events: {
        url: 'http://p:1/api/events/http/aws.ecr',
        headers: { 'x-landfall-token': 'sandbox-events-token' },
      },
    });
    expect(config.argocd).toMatchObject({
      pollSeconds: 60,
      rolloutSeconds: 6,
      registries: [{ host: '127.0.0.1:4301', url: 'http://127.0.0.1:4301' }],
    });
    expect(config.imageUpdater.kubernetes).toEqual({
      url: 'https://kubernetes.example.com',
      token: 'abc',
      namespace: 'argocd',
    });
  });

  it.each([
    ['argocd: { polSeconds: 1 }', 'polSeconds'],
    ['ecr: { accountId: 123 }', 'accountId'],
    ['git: { port: 70000 }', 'port'],
    ['a: [', "can't be read"],
  ])('refuses %s', async (text, message) => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, text);
    await expect(loadConfig({ env: {}, file })).rejects.toThrow(message);
  });

  it.each(['x', '-1', '70000', '1.5'])('refuses port %s', async port => {
    await expect(
      loadConfig({ env: { SANDBOX_GIT_PORT: port } }),
    ).rejects.toThrow(`SANDBOX_GIT_PORT is "${port}"`);
  });

  it('refuses a file that is missing', async () => {
    const { code, text } = await cli(['reset', '--config', join(folder, 'no')]);
    expect(code).toBe(1);
    expect(text).toContain("can't be read");
  });

  it('picks free ports for port 0', async () => {
    const { git } = await loadConfig({
      env: { SANDBOX_GIT_PORT: '0' },
      pickPorts: true,
    });
    expect(git.port).toBeGreaterThan(0);
    expect(git.publicUrl).toBe(`http://127.0.0.1:${git.port}`);
  });
});

describe('the lock of the state folder', () => {
  it('is held by one at a time, and free again afterwards', () => {
    const lock = StateLock.acquire(folder);
    expect(() => StateLock.acquire(folder)).toThrow(
      `A sandbox is running on the state in ${folder}`,
    );
    lock.release();
    StateLock.acquire(folder).release();
  });
});
