import { asArray, asObject, type Obj } from '../../json';

/** One entry of `spec.source.helm.parameters`. */
interface HelmParameter {
  name: string;
  value: string;
  forceString: boolean;
}

/**
 * Sets values at paths in `--set` syntax, such as `image.tag`, `hosts[0].name`
 * or `annotations.a\.b`: like `--set`, or like `--set-string` with
 * `forceString`.
 */
export function applyParameters(values: Obj, parameters: HelmParameter[]): Obj {
  return parameters.reduce(
    (result, { name, value, forceString }) =>
      asObject(
        withValue(result, keysOf(name), forceString ? value : typed(value)),
      ),
    values,
  );
}

function keysOf(path: string): (string | number)[] {
  const keys = path.match(/\[\d+\]|(?:\\.|[^.[\\])+/g) ?? [];
  return keys.map(key =>
    key.startsWith('[')
      ? Number(key.slice(1, -1))
      : key.replace(/\\(.)/g, '$1'),
  );
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

/** The value that `--set` reads from a text. */
function typed(value: string): unknown {
  if (/^(true|false|null|0|-?[1-9]\d{0,14})$/.test(value)) {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  }
  if (/^\{.*\}$/.test(value)) {
    return value === '{}' ? [] : value.slice(1, -1).split(',').map(typed);
  }
  return value;
}
