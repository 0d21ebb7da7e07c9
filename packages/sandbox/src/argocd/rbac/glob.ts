const compiled = new Map<string, RegExp>();

/**
 * Matches like Argo CD's policies: `*` matches any characters, including
 * slashes. Also supports `?`, `[…]` and `{a,b}`.
 */
export function globMatch(glob: string, text: string): boolean {
  let pattern = compiled.get(glob);
  if (!pattern) {
    pattern = compile(glob);
    compiled.set(glob, pattern);
  }
  return pattern.test(text);
}

function compile(glob: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i];
    if (char === '*') {
      source += '.*';
    } else if (char === '?') {
      source += '.';
    } else if (char === '{') {
      depth += 1;
      source += '(?:';
    } else if (char === '}' && depth > 0) {
      depth -= 1;
      source += ')';
    } else if (char === ',' && depth > 0) {
      source += '|';
    } else if (char === '[' && glob.indexOf(']', i) > i) {
      const close = glob.indexOf(']', i);
      source += glob.slice(i, close + 1).replace('[!', '[^');
      i = close;
    } else {
      source += char.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    }
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`, 's');
}
