import { joinPath } from '../image-updater/writeBack/path';
import type { ApplicationSource } from '../model/application';

/**
 * The files and folders of a repository from which an application is made: the
 * paths of its sources, and values files outside them.
 *
 * @returns paths from the root of the repository; empty if it can be any
 * @internal
 */
export function sourcePaths(
  sources: readonly ApplicationSource[],
  repoUrl: string,
): string[] {
  const paths: string[] = [];
  for (const source of sources) {
    const { chart, path, ref, valueFiles = [] } = source;
    const isHere = source.repoUrl === repoUrl && chart === undefined;
    const folder = joinPath(path ?? '');
    if (isHere && (path || !ref)) {
      paths.push(folder);
    }
    for (const file of valueFiles) {
      const [root, ...rest] = file.split('/');
      if (root.startsWith('$')) {
        const target = sources.find(other => other.ref === root.slice(1));
        if (target?.repoUrl === repoUrl) {
          paths.push(joinPath(...rest));
        }
      } else if (isHere && !URL.canParse(file)) {
        paths.push(
          file.startsWith('/') ? joinPath(...rest) : joinPath(folder, file),
        );
      }
    }
  }
  const folders = paths.map(withoutPattern);
  const isAnywhere = folders.some(
    path => path === '' || path === '.' || path.startsWith('..'),
  );
  return isAnywhere
    ? []
    : [...new Set(folders)]
        .filter(
          path =>
            !folders.some(
              other => path !== other && path.startsWith(`${other}/`),
            ),
        )
        .sort();
}

/** The folder above the first part that is a glob pattern. */
function withoutPattern(path: string): string {
  const parts = path.split('/');
  const pattern = parts.findIndex(part => /[*?[{]/.test(part));
  return pattern < 0 ? path : parts.slice(0, pattern).join('/');
}
