import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

let written = 0;

/**
 * Writes a file whole or not at all: to a temporary name beside it, then
 * renamed. A killed process leaves the former content.
 */
export function writeFileAtomically(
  path: string,
  content: string | Buffer,
  mode?: number,
): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${++written}.tmp`;
  writeFileSync(temporary, content, { mode });
  renameSync(temporary, path);
}
