import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = pathToFileURL(
  resolve(__dirname, '../../../../scripts/lib/configs.mjs'),
).href;

describe('the configuration files of npm start', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'landfall-configs-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The names of the files, the last one on top. */
  async function configs(options: {
    withSandbox: boolean;
    extraConfigs?: string[];
  }): Promise<string[]> {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { portalConfigs } from ${JSON.stringify(SCRIPT)};
       console.log(JSON.stringify(portalConfigs(${JSON.stringify({
         ...options,
         folder,
       })})));`,
    ]);
    const files: string[] = JSON.parse(stdout);
    return files.map(file => file.replace(`${folder}/`, ''));
  }

  const withLocal = () =>
    writeFileSync(join(folder, 'app-config.local.yaml'), '');

  it('put the local file over that of the sandbox', async () => {
    const shared = ['app-config.yaml', 'app-config.development.yaml'];

    expect(await configs({ withSandbox: true })).toEqual([
      ...shared,
      'app-config.sandbox.yaml',
    ]);
    withLocal();
    expect(
      await configs({ withSandbox: true, extraConfigs: ['/extra.yaml'] }),
    ).toEqual([
      ...shared,
      'app-config.sandbox.yaml',
      '/extra.yaml',
      'app-config.local.yaml',
    ]);
    expect(await configs({ withSandbox: false })).toEqual([
      ...shared,
      'app-config.local.yaml',
    ]);
  });

  it('must exist when the sandbox is left out', async () => {
    await expect(configs({ withSandbox: false })).rejects.toThrow(
      'Without the sandbox, the portal needs to know your own systems',
    );
  });
});
