import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';

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

/**
 * Reads a JSON file of our own.
 *
 * @throws Error that names the file when it isn't what we write
 */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(
      `The state file ${path} can't be read; remove it, or reset the sandbox`,
      { cause: error },
    );
  }
}

/** Paths of the `.json` files of a folder; none when it doesn't exist. */
export function jsonFilesOf(folder: string): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(folder, name));
}
