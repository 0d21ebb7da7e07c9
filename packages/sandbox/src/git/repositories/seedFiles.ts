import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewFile } from './firstCommit';
import { isBinary } from './objects';

/**
 * The files of a folder, ready for a first commit: `__KEY__` in text and paths
 * replaced by `substitutions.KEY`; a `.git` folder is left out.
 */
export async function readSeedFiles(
  folder: string,
  substitutions: Record<string, string>,
): Promise<NewFile[]> {
  const substitute = substituter(substitutions);
  const files: NewFile[] = [];
  const visit = async (relative: string): Promise<void> => {
    const entries = await readdir(join(folder, relative), {
      withFileTypes: true,
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative ? `${relative}/${entry.name}` : entry.name;
      const absolute = join(folder, path);
      if (entry.isDirectory()) {
        if (entry.name !== '.git') {
          await visit(path);
        }
      } else if (entry.isSymbolicLink()) {
        const content = Buffer.from(await readlink(absolute));
        files.push({ path: substitute(path), mode: '120000', content });
      } else if (entry.isFile()) {
        const content = await readFile(absolute);
        const { mode } = await stat(absolute);
        files.push({
          path: substitute(path),
          mode: mode & 0o100 ? '100755' : '100644',
          content: isBinary(content)
            ? content
            : Buffer.from(substitute(content.toString('utf8'))),
        });
      }
    }
  };
  await visit('');
  return files;
}

/** Replaces all keys in one pass, so that a value is never taken for a key. */
export function substituter(
  substitutions: Record<string, string>,
): (text: string) => string {
  const keys = Object.keys(substitutions);
  if (keys.length === 0) {
    return text => text;
  }
  const alternatives = keys.map(it =>
    it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  const pattern = new RegExp(`__(${alternatives.join('|')})__`, 'g');
  return text => text.replace(pattern, (_, key: string) => substitutions[key]);
}
