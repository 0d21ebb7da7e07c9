/** Names of a kustomization's file, in the order in which Kustomize looks for them. */
export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/**
 * Go's `path.Clean`: removes empty parts, `.` and inner `..`; returns `.` if
 * nothing is left.
 */
function clean(path: string): string {
  const isRooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else if (part === '..' ? !isRooted : part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `${isRooted ? '/' : ''}${parts.join('/')}` || '.';
}

/**
 * Go's `path.Join`: ignores empty parts; returns an empty path if all are
 * empty.
 */
export function joinPath(...parts: string[]): string {
  const filled = parts.filter(part => part !== '');
  return filled.length === 0 ? '' : clean(filled.join('/'));
}

/** Go's `path.Base`: the last part, without trailing slashes. */
export function baseName(path: string): string {
  if (path === '') {
    return '.';
  }
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') {
    end -= 1;
  }
  return end === 0 ? '/' : path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}
