import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

let written = 0;

/**
 * Writes a file completely or not at all: to a temporary name in the same
 * folder, then renamed. If the process is killed, the previous content remains.
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
