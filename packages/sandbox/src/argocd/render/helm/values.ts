import { asArray, asObject, isObject, type Obj } from '../../json';
import type { HelmParameter } from '../../types';

/**
 * Merges values like Helm: maps are merged, everything else is replaced, and
 * `null` removes a default.
 */
export function mergeValues(base: Obj, over: Obj): Obj {
  const result: Obj = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) {
      delete result[key];
    } else if (isObject(value) && isObject(result[key])) {
      result[key] = mergeValues(asObject(result[key]), value);
    } else {
      result[key] = value;
    }
  }
  return result;
}

/**
 * Sets a value at a path in `--set` syntax: `image.tag`, `hosts[0].name`,
 * `annotations.a\.b`.
 */
function setValue(values: Obj, path: string, value: unknown): Obj {
  const keys = parsePath(path);
  return asObject(withValue(values, keys, value));
}

function parsePath(path: string): (string | number)[] {
  const keys: (string | number)[] = [];
  let current = '';
  for (let i = 0; i < path.length; i++) {
    const char = path[i];
    if (char === '\\' && i + 1 < path.length) {
      current += path[++i];
    } else if (char === '.') {
      keys.push(current);
      current = '';
    } else if (char === '[') {
      const close = path.indexOf(']', i);
      if (current) {
        keys.push(current);
      }
      keys.push(Number(path.slice(i + 1, close)));
      i = path[close + 1] === '.' ? close + 1 : close;
      current = '';
      if (i >= path.length - 1) {
        return keys;
      }
    } else {
      current += char;
    }
  }
  return [...keys, current];
}

function withValue(
  target: unknown,
  [key, ...rest]: (string | number)[],
  value: unknown,
): unknown {
  if (key === undefined) {
    return value;
  }
  if (typeof key === 'number') {
    const list = [...asArray(target)];
    list[key] = withValue(list[key], rest, value);
    return list;
  }
  const map = asObject(target);
  return { ...map, [key]: withValue(map[key], rest, value) };
}

/**
 * Applies parameters in order, like `--set`, or like `--set-string` with
 * `forceString`.
 */
export function applyParameters(values: Obj, parameters: HelmParameter[]): Obj {
  return parameters.reduce(
    (result, { name, value, forceString }) =>
      setValue(result, name, forceString ? value : typed(value)),
    values,
  );
}

/** The value that `--set` reads from a text. */
function typed(value: string): unknown {
  switch (value) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
  }
  if (/^(?:0|-?[1-9]\d*)$/.test(value) && Number.isSafeInteger(Number(value))) {
    return Number(value);
  }
  if (/^\{.*\}$/.test(value)) {
    return value === '{}' ? [] : value.slice(1, -1).split(',').map(typed);
  }
  return value;
}
