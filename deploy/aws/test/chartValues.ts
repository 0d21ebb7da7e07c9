/** Paths of values that a chart doesn't have. */
export function unknownPaths(
  values: Record<string, unknown>,
  known: [string, string][],
  prefix = '',
): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${prefix}${key.replaceAll('.', '\\.')}`;
    const type = known.find(([name]) => name === path)?.[1];
    const isMap =
      typeof value === 'object' && value !== null && !Array.isArray(value);
    if (type !== undefined || isFree(path)) {
      return [];
    }
    return isMap ? unknownPaths({ ...value }, known, `${path}.`) : [path];
  });
}

/** ConfigMaps of Argo CD that take any key. */
function isFree(path: string): boolean {
  return /^configs\.(cm|params|rbac)\./.test(path);
}
