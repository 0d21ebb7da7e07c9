import { asObject, isObject, jsonEqual, type Obj } from '../../json';
import { toYaml } from '../../yaml';
import { format as text, isTrue, sprintf } from './format';

/** The templates of a chart. */
export interface Templates {
  add(name: string, source: string): void;
  execute(name: string, dot: unknown): string;
}

/** A function that templates can call. */
type TemplateFunction = (args: unknown[], templates: Templates) => unknown;

/** Converts to a number like Sprig: anything that isn't a number becomes 0. */
const num = (value: unknown) => Number(value ?? 0) || 0;

const isPresent = (value: unknown) => value !== undefined && value !== null;

function comparison(test: (order: number) => boolean): TemplateFunction {
  return ([a, b]) => {
    if (typeof a === 'number' && typeof b === 'number') {
      return test(a - b);
    }
    if (typeof a !== 'string' || typeof b !== 'string') {
      throw new Error('incompatible types for comparison');
    }
    return test(a < b ? -1 : Number(a > b));
  };
}

function indent(spaces: unknown, value: unknown): string {
  const pad = ' '.repeat(num(spaces));
  return pad + text(value).replace(/\n/g, `\n${pad}`);
}

let evaluations = 0;

/**
 * The functions of Go templates, and those of Sprig and Helm that typical
 * charts use. `and` and `or` are part of the engine.
 */
export const functions: Record<string, TemplateFunction> = {
  eq: ([first, ...others]) => others.some(other => jsonEqual(first, other)),
  ne: ([a, b]) => !jsonEqual(a, b),
  lt: comparison(order => order < 0),
  le: comparison(order => order <= 0),
  gt: comparison(order => order > 0),
  ge: comparison(order => order >= 0),
  not: ([value]) => !isTrue(value),
  default: ([fallback, value]) => (isTrue(value) ? value : fallback),
  empty: ([value]) => !isTrue(value),
  coalesce: args => args.find(isTrue),
  ternary: ([yes, no, condition]) => (isTrue(condition) ? yes : no),
  required: ([message, value]) => {
    if (!isPresent(value) || value === '') {
      throw new Error(text(message));
    }
    return value;
  },
  fail: ([message]) => {
    throw new Error(`fail: ${text(message)}`);
  },
  include: ([name, dot], templates) => templates.execute(text(name), dot),
  tpl: ([source, dot], templates) => {
    const name = `gotpl-${evaluations++}`;
    templates.add(name, text(source));
    return templates.execute(name, dot);
  },
  printf: ([pattern, ...args]) => sprintf(text(pattern), args),
  index: ([value, ...keys]) =>
    keys.reduce<unknown>((current, key) => {
      if (Array.isArray(current)) {
        if (!(num(key) >= 0 && num(key) < current.length)) {
          throw new Error(`index out of range: ${text(key)}`);
        }
        return current[num(key)];
      }
      return asObject(current)[text(key)];
    }, value),
  len: ([value]) =>
    typeof value === 'string'
      ? Buffer.byteLength(value)
      : Object.keys(Object(value)).length,
  quote: args =>
    args
      .filter(isPresent)
      .map(arg => JSON.stringify(text(arg)))
      .join(' '),
  squote: args =>
    args
      .filter(isPresent)
      .map(arg => `'${text(arg)}'`)
      .join(' '),
  upper: ([s]) => text(s).toUpperCase(),
  lower: ([s]) => text(s).toLowerCase(),
  trim: ([s]) => text(s).trim(),
  trimPrefix: ([prefix, s]) =>
    text(s).startsWith(text(prefix))
      ? text(s).slice(text(prefix).length)
      : text(s),
  trimSuffix: ([suffix, s]) =>
    text(s).endsWith(text(suffix))
      ? text(s).slice(0, text(s).length - text(suffix).length)
      : text(s),
  trunc: ([length, s]) =>
    num(length) < 0
      ? text(s).slice(num(length))
      : text(s).slice(0, num(length)),
  replace: ([from, to, s]) => text(s).replaceAll(text(from), text(to)),
  contains: ([part, s]) => text(s).includes(text(part)),
  indent: ([spaces, s]) => indent(spaces, s),
  nindent: ([spaces, s]) => `\n${indent(spaces, s)}`,
  join: ([separator, items]) =>
    (Array.isArray(items) ? items : [items])
      .filter(isPresent)
      .map(text)
      .join(text(separator)),
  list: args => args,
  dict: args => {
    const result: Obj = {};
    for (let i = 0; i < args.length; i += 2) {
      result[text(args[i])] = args[i + 1] ?? '';
    }
    return result;
  },
  hasKey: ([value, key]) => isObject(value) && Object.hasOwn(value, text(key)),
  int: ([n]) => Math.trunc(num(n)),
  toString: ([value]: unknown[]) => text(value),
  toYaml: ([value]) => toYaml(value ?? null),
  toJson: ([value]) => JSON.stringify(value ?? null),
};
