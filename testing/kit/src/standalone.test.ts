import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findOutsidePaths } from './standalone';

const ROOT = resolve(__dirname, '../../..');

/**
 * The backend reads these configuration files and resolves their paths from its
 * own folder.
 */
const BASES = new Map(
  [
    'app-config.yaml',
    'app-config.development.yaml',
    'app-config.sandbox.yaml',
  ].map(file => [file, 'packages/backend']),
);

/**
 * Names that occur in tests' hostile input, and folders that are created at run
 * time.
 */
const HARMLESS = new Set([
  'arguments',
  'artifacts',
  'base',
  'billing',
  'bin',
  'clusters',
  'etc',
  'node_modules',
  'outside',
  'prod',
  'x',
]);

/** Data of real systems and third-party tools, whose paths aren't ours. */
const FOREIGN = /^(testing\/(recordings|schemas)\/|\.yarn\/|yarn\.lock$)/;

function repositoryFiles(): Map<string, string> {
  const paths = execFileSync('git', ['ls-files', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(path => path && !FOREIGN.test(path));
  return new Map(
    paths.map(path => [path, readFileSync(join(ROOT, path), 'utf8')]),
  );
}

describe('the repository', () => {
  it('names no path outside of itself', () => {
    expect(
      findOutsidePaths(repositoryFiles(), { bases: BASES, harmless: HARMLESS }),
    ).toEqual([]);
  });
});

describe('findOutsidePaths', () => {
  const up = (count: number, rest = '') => '../'.repeat(count) + rest;
  const find = (text: string, file = 'plugins/a/src/b.ts') =>
    findOutsidePaths(
      new Map([
        ['plugins/a/src/c.ts', ''],
        ['docs/d.md', ''],
        [file, text],
      ]),
    ).map(({ line, path, reason }) => [line, path, reason]);

  it.each([
    `import '${up(1, 'src/c')}'`,
    `import '${up(3, 'docs')}'`,
    `resolve(__dirname, '${up(3)}')`,
    '... and so on',
    'a/../b',
  ])('takes %j', text => {
    expect(find(text)).toEqual([]);
  });

  it('finds a path that climbs higher than its file lies deep', () => {
    expect(find(`\nimport '${up(4, 'docs')}'`)).toEqual([
      [2, up(4, 'docs'), 'climbs above the root'],
    ]);
    expect(find(`[docs](${up(1, 'docs')})`, 'README.md')).toEqual([
      [1, up(1, 'docs'), 'climbs above the root'],
    ]);
  });

  it('finds a path resolved from another folder, by a name that is not here', () => {
    expect(find(`join(root, '${up(1, 'beside/data')}')`)).toEqual([
      [1, up(1, 'beside'), 'names nothing in the repository'],
    ]);
  });

  it('resolves from the folder that is given', () => {
    const files = new Map([['config.yaml', up(2, 'config')]]);

    expect(findOutsidePaths(files)).toHaveLength(1);
    expect(
      findOutsidePaths(files, { bases: new Map([['config.yaml', 'a/b']]) }),
    ).toEqual([]);
  });
});
