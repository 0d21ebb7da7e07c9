import type { JsonValue } from '@backstage/types';

/** An environment variable that the configuration refers to without a default. */
export interface RequiredVariable {
  name: string;
  /** The keys whose values need it, as in `app.baseUrl`. */
  keys: string[];
}

/** Splits a string as Backstage's config-loader does; `$${` is a literal `${`. */
const PLACEHOLDER = /(\$?\$\{[^{}]*\})/;

/**
 * The environment variables that a configuration requires: those of every
 * `${VARIABLE}` without a default (`${VARIABLE:-default}`), and of every `$env`.
 * Backstage silently drops a key with a missing variable.
 *
 * @param config - as the files contain it, before anything is substituted
 */
export function requiredVariables(
  config: JsonValue | undefined,
): RequiredVariable[] {
  const keysByName = new Map<string, string[]>();
  visitStrings(config, (text, key) => {
    const names = key.endsWith('.$env') ? [text.trim()] : namesIn(text);
    for (const name of names) {
      keysByName.set(name, [...(keysByName.get(name) ?? []), key]);
    }
  });
  return [...keysByName].map(([name, keys]) => ({
    name,
    keys: [...new Set(keys)],
  }));
}

/** Calls `visit` with every string of a configuration and its key. */
export function visitStrings(
  value: JsonValue | undefined,
  visit: (text: string, key: string) => void,
  key = '',
): void {
  if (typeof value === 'string') {
    visit(value, key);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) =>
      visitStrings(item, visit, `${key}[${index}]`),
    );
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value)) {
      visitStrings(child, visit, key === '' ? name : `${key}.${name}`);
    }
  }
}

function namesIn(text: string): string[] {
  return text
    .split(PLACEHOLDER)
    .filter((part, index) => index % 2 === 1 && !part.startsWith('$$'))
    .filter(part => !part.includes(':-'))
    .map(part => part.slice(2, -1).trim());
}
