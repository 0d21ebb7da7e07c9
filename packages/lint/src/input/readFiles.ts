import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { InputError } from '../types';

/** Name of the standard input. */
export const STDIN = '-';

/** Folders that hold no manifests. */
const SKIPPED = new Set(['node_modules', '.git']);
const MANIFEST = /\.(ya?ml|json)$/i;
/** Larger files are no manifests that somebody wrote. */
const MAX_BYTES = 10 * 1024 * 1024;

/** A file as text. */
export interface InputFile {
  file: string;
  content: string;
}

/**
 * Reads files, the manifests in folders and their subfolders, and the standard
 * input. Never throws: what can't be read becomes an error.
 */
export async function readFiles(
  paths: readonly string[],
  options: { cwd: string; stdin: NodeJS.ReadableStream },
): Promise<{ files: InputFile[]; errors: InputError[] }> {
  const files: InputFile[] = [];
  const errors: InputError[] = [];
  for (const path of new Set(paths)) {
    try {
      if (path === STDIN) {
        files.push({ file: path, content: await text(options.stdin) });
      } else {
        for (const file of await filesAt(path, options.cwd)) {
          files.push({ file, content: await contentOf(file, options.cwd) });
        }
      }
    } catch (error) {
      errors.push({
        file: path,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { files, errors };
}

/** A file itself, or the manifests in a folder, sorted. */
async function filesAt(path: string, cwd: string): Promise<string[]> {
  if (!(await stat(resolve(cwd, path))).isDirectory()) {
    return [path];
  }
  const entries = await readdir(resolve(cwd, path), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const inner = join(path, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
      found.push(...(await filesAt(inner, cwd)));
    } else if (entry.isFile() && MANIFEST.test(entry.name)) {
      found.push(inner);
    }
  }
  return found;
}

async function contentOf(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  const { size } = await stat(path);
  if (size > MAX_BYTES) {
    throw new Error(`${file} is larger than ${MAX_BYTES} bytes`);
  }
  return readFile(path, 'utf8');
}
