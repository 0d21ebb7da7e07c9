// Fails if files import each other in a circle. Imports of types count: at run
// time they do no harm, but neither file can be read without the other.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from './lib/paths.mjs';

const { stdout } = spawnSync(
  'git',
  [
    ...['ls-files', '--cached', '--others', '--exclude-standard', '--'],
    ...['*.ts', '*.tsx', '*.mjs'],
  ],
  { cwd: root, encoding: 'utf8' },
);
// Git also lists files that were deleted, but not yet from its index.
const files = stdout
  .split('\n')
  .filter(file => file && existsSync(join(root, file)));
if (files.length === 0) {
  throw new Error('Git lists no files here.');
}
const imports = new Map(files.map(file => [file, []]));
const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  const { importedFiles } = ts.preProcessFile(text, true, true);
  imports.set(
    file,
    importedFiles.flatMap(({ fileName }) => resolve(file, fileName) ?? []),
  );
}
const cycles = findCycles();
for (const cycle of cycles) {
  console.error(`Import cycle:\n  ${cycle.join('\n  ')}`);
}
if (cycles.length > 0) {
  process.exitCode = 1;
}

function resolve(file, imported) {
  if (!imported.startsWith('.')) {
    return undefined;
  }
  const path = join(dirname(file), imported);
  return ENDINGS.map(ending => path + ending).find(one => imports.has(one));
}

/** Walks depth first: an import of a file on the way here closes a circle. */
function findCycles() {
  const found = [];
  const done = new Set();
  const visit = (file, path) => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file]);
    } else if (!done.has(file)) {
      imports.get(file).forEach(next => visit(next, [...path, file]));
      done.add(file);
    }
  };
  files.forEach(file => visit(file, []));
  return found;
}
