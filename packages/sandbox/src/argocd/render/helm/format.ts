import { isObject } from '../../json';

/**
 * Truth as in Go templates: false, zero, empty and absent values are not true.
 */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0;
  }
  if (isObject(value)) {
    return Object.keys(value).length > 0;
  }
  return Boolean(value);
}

/**
 * Formats a value as a template prints it. Like Helm, it prints nothing for an
 * absent value.
 */
export function format(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return plain(value);
}

/** Go's `%v`. */
function plain(value: unknown): string {
  if (value === undefined || value === null) {
    return '<nil>';
  }
  if (Array.isArray(value)) {
    return `[${value.map(plain).join(' ')}]`;
  }
  if (isObject(value)) {
    const map = value;
    return `map[${Object.keys(map)
      .sort()
      .map(key => `${key}:${plain(map[key])}`)
      .join(' ')}]`;
  }
  return String(value);
}

/** Go's `%q` of a string. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, char =>
    /\p{L}|\p{N}|\p{P}|\p{S}/u.test(char)
      ? char
      : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `printf` with the verbs that charts use. */
export function sprintf(pattern: string, args: unknown[]): string {
  let next = 0;
  const text = pattern.replace(
    /%([-+# 0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (
      whole,
      flags: string,
      width?: string,
      precision?: string,
      verb?: string,
    ) => {
      if (verb === '%') {
        return '%';
      }
      if (next >= args.length) {
        return `%!${verb}(MISSING)`;
      }
      const value = formatVerb(verb ?? 'v', args[next++], precision, whole);
      const length = Number(width ?? 0);
      if (flags.includes('-')) {
        return value.padEnd(length);
      }
      return value.padStart(length, flags.includes('0') ? '0' : ' ');
    },
  );
  return text;
}

function formatVerb(
  verb: string,
  value: unknown,
  precision: string | undefined,
  whole: string,
): string {
  switch (verb) {
    case 'd':
      return typeof value === 'number'
        ? String(Math.trunc(value))
        : `%!d(${plain(value)})`;
    case 'f':
      return Number(value).toFixed(Number(precision ?? 6));
    case 'q':
      return quoted(plain(value));
    case 't':
    case 'v':
      return plain(value);
    case 's': {
      const text = plain(value);
      if (value === undefined || value === null) {
        return '%!s(<nil>)';
      }
      if (typeof value === 'number') {
        return `%!s(${Number.isInteger(value) ? 'int' : 'float64'}=${value})`;
      }
      return precision === undefined ? text : text.slice(0, Number(precision));
    }
    case 'x':
      return typeof value === 'number'
        ? value.toString(16)
        : Buffer.from(plain(value)).toString('hex');
    case 'c':
      return String.fromCodePoint(Number(value));
    default:
      return whole;
  }
}
