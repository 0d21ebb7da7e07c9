import { posix } from 'node:path';

/**
 * A path in a repository file that leads, or may lead, out of the repository.
 */
export interface OutsidePath {
  file: string;
  line: number;
  path: string;
  reason: 'climbs above the root' | 'names nothing in the repository';
}

/**
 * One or more `..` with slashes and the name after them, but not inside a
 * longer word.
 */
const CLIMBING =
  /(?<![\w.%/-])(?=\.\.\/)(\.\.(?:\/\.\.)*)(?:\/([\w@-][\w.@-]*)?)?/g;

/**
 * Finds relative paths that lead out of the repository. A path is reported if
 * it climbs above its file's depth, or if the name after its `../` occurs
 * nowhere in the repository. Depth alone isn't enough, because tests and
 * scripts resolve paths from folders other than their own.
 *
 * @param files - every file of the repository: its text by path
 * @param options - `bases`: the folders from which paths in a file are
 * resolved, if not the file's own; `harmless`: names that lead nowhere on
 * purpose, such as names in hostile input
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

/** The names, without extensions, of all files and folders in the paths. */
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
