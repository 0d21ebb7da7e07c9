import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeployConfig } from '../lib/config.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const SCRIPT = fileURLToPath(new URL('synthesize.ts', import.meta.url));
const CACHE = join(PROJECT, 'cdk.out/tests');
const INDEX = 'stacks.json';

/** Where a synthesised template is. */
interface SynthesizedStack {
  id: string;
  file: string;
}

/** What the templates are made of besides the configuration. */
const SOURCES = ['lib', '../gitops/platform/files'].flatMap(folder =>
  readdirSync(join(PROJECT, folder))
    .sort()
    .map(name => join(PROJECT, folder, name)),
);

const fingerprint = digest(
  ...[
    ...SOURCES,
    join(PROJECT, 'cdk.json'),
    join(PROJECT, 'yarn.lock'),
    SCRIPT,
    join(PROJECT, 'test/cdkApp.ts'),
  ].flatMap(file => [file.slice(PROJECT.length), readFileSync(file, 'utf8')]),
);

/**
 * The templates of a configuration, from a cache on the disk that all files of
 * tests share. Whatever changes them makes another cache.
 *
 * @param others - configurations to synthesise along, if this one is among them
 */
export function synthesized(
  config: DeployConfig,
  others: DeployConfig[],
): SynthesizedStack[] {
  const folder = folderOf(config);
  if (!existsSync(join(folder, INDEX))) {
    const isAmong = others.some(other => folderOf(other) === folder);
    synthesize(isAmong ? others : [config]);
  }
  const stacks: SynthesizedStack[] = JSON.parse(
    readFileSync(join(folder, INDEX), 'utf8'),
  );
  return stacks.map(({ id, file }) => ({ id, file: join(folder, file) }));
}

function synthesize(configs: DeployConfig[]): void {
  if (!existsSync(join(CACHE, fingerprint))) {
    rmSync(CACHE, { recursive: true, force: true });
  }
  const wanted = configs.map(config => ({ config, folder: folderOf(config) }));
  for (const { folder } of wanted) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const input = join(wanted[0].folder, 'configs.json');
  writeFileSync(input, JSON.stringify(wanted));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', SCRIPT, input, INDEX],
    { cwd: PROJECT, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`CDK failed:\n${stdout}${stderr}`);
  }
}

function folderOf(config: DeployConfig): string {
  return join(CACHE, fingerprint, digest(JSON.stringify(config)));
}

function digest(...parts: string[]): string {
  const hash = createHash('sha256');
  parts.forEach(part => hash.update(`${part.length}:${part}`));
  return hash.digest('hex').slice(0, 16);
}
