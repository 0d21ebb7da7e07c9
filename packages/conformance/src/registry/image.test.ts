import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { sleepingImage } from './image';
import { type Architecture, sleepingProgram } from './program';

const HERE: Record<string, Architecture | undefined> = {
  x64: 'amd64',
  arm64: 'arm64',
};

describe('an image', () => {
  const built = (label: string) =>
    sleepingImage({
      architecture: 'amd64',
      label,
      created: new Date('2024-01-02T03:04:05Z'),
    });

  it('contains only the program, with it as its entry point', () => {
    const { layer, config, manifest } = built('one');
    const tar = gunzipSync(layer.bytes);
    expect(tar.toString('latin1', 0, 5)).toBe('sleep');
    const program = sleepingProgram('amd64');
    expect(tar.subarray(512, 512 + program.length)).toEqual(program);
    expect(JSON.parse(config.bytes.toString())).toMatchObject({
      architecture: 'amd64',
      created: '2024-01-02T03:04:05.000Z',
      config: { Entrypoint: ['/sleep'] },
    });
    expect(JSON.parse(manifest.bytes.toString())).toMatchObject({
      config: { digest: config.digest },
      layers: [{ digest: layer.digest }],
    });
  });

  it('differs by its label', () => {
    expect(built('one')).toEqual(built('one'));
    expect(built('one').manifest.digest).not.toBe(built('two').manifest.digest);
  });
});

const architecture = HERE[process.arch];
const onLinux =
  process.platform === 'linux' && architecture ? describe : describe.skip;

onLinux('the program', () => {
  it('sleeps until it is terminated', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'program-'));
    const file = join(folder, 'sleep');
    await writeFile(file, sleepingProgram(architecture ?? 'amd64'), {
      mode: 0o755,
    });
    const child = spawn(file);
    try {
      const ended = new Promise(resolve =>
        child.once('exit', (_code, signal) => resolve(signal)),
      );
      const state = async () =>
        /^State:\s+(\w)/m.exec(
          await readFile(`/proc/${child.pid}/status`, 'utf8'),
        )?.[1];
      const name = async () =>
        (await readFile(`/proc/${child.pid}/comm`, 'utf8')).trim();
      while ((await name()) !== 'sleep' || (await state()) !== 'S') {
        await pause(10);
      }
      child.kill('SIGTERM');
      expect(await ended).toBe('SIGTERM');
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  });
});
