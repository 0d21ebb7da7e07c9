const compiled = new Map<string, RegExp>();

/**
 * Matches like Argo CD's policies: `*` matches any characters, including
 * slashes, and `?` matches one.
 */
export function globMatch(glob: string, text: string): boolean {
  let pattern = compiled.get(glob);
  if (!pattern) {
    const source = glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    pattern = new RegExp(`^${source}$`, 's');
    compiled.set(glob, pattern);
  }
  return pattern.test(text);
}
