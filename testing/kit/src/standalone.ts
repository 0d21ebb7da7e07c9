import { posix } from 'node:path';

/** A path in a file of the repository that leads, or may lead, out of it. */
export interface OutsidePath {
  file: string;
  line: number;
  path: string;
  reason: 'climbs above the root' | 'names nothing in the repository';
}

/** `..` once or more with slashes, and the name behind it, but not inside a longer word. */
const CLIMBING =
  /(?<![\w.%/-])(?=\.\.\/)(\.\.(?:\/\.\.)*)(?:\/([\w@-][\w.@-]*)?)?/g;

/**
 * Finds the relative paths that lead out of the repository. A path counts when
 * it climbs higher than its file lies deep, or when the name behind its `../`
 * occurs nowhere in the repository: tests and scripts resolve paths from other
 * folders than their own, so depth alone doesn't tell.
 *
 * @param files - every file of the repository by its path, with its text
 * @param options - `bases`: the folders that paths in a file are resolved from,
 * where that isn't the file's own; `harmless`: names that lead nowhere on
 * purpose, such as those in hostile input
 */
export function findOutsidePaths(
  files: ReadonlyMap<string, string>,
  options: {
    bases?: ReadonlyMap<string, string>;
    harmless?: ReadonlySet<string>;
  } = {},
): OutsidePath[] {
  const names = namesOf(files.keys());
  const found: OutsidePath[] = [];
  for (const [file, text] of files) {
    const depth = depthOf(options.bases?.get(file) ?? posix.dirname(file));
    for (const match of text.matchAll(CLIMBING)) {
      const [path, climbs, name = ''] = match;
      const isHigher = climbs.split('/').length > depth;
      const isUnknown =
        name !== '' &&
        !names.has(withoutExtension(name)) &&
        !options.harmless?.has(name);
      if (isHigher || isUnknown) {
        found.push({
          file,
          line: text.slice(0, match.index).split('\n').length,
          path,
          reason: isHigher
            ? 'climbs above the root'
            : 'names nothing in the repository',
        });
      }
    }
  }
  return found;
}

/** The names of all files and folders on the way to some files, without extensions. */
function namesOf(paths: Iterable<string>): Set<string> {
  const names = new Set<string>();
  for (const path of paths) {
    path.split('/').forEach(segment => names.add(withoutExtension(segment)));
  }
  return names;
}

function withoutExtension(name: string): string {
  return name.replace(/\.[a-z]+$/, '');
}

function depthOf(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}
