import { createHash } from 'node:crypto';
import { jsonEqual } from '../../json';
import { toYaml } from '../../yaml';
import { format as text, isTrue, sprintf } from './format';

/** Executes a template of the chart. */
type Execute = (name: string, dot: unknown) => string;

/** A function that templates can call. */
type TemplateFunction = (args: unknown[], execute: Execute) => unknown;

/** Converts to a number like Sprig: anything that isn't a number becomes 0. */
const num = (value: unknown) => Number(value ?? 0) || 0;

const isPresent = (value: unknown) => value !== undefined && value !== null;

/**
 * The functions of Go templates, Sprig and Helm that the charts of the
 * templates and those of `helm create` use. `and` and `or` are part of the
 * engine.
 */
export const functions: Record<string, TemplateFunction> = {
  eq: ([first, ...others]) => others.some(other => jsonEqual(first, other)),
  ne: ([a, b]) => !jsonEqual(a, b),
  not: ([value]) => !isTrue(value),
  default: ([fallback, value]) => (isTrue(value) ? value : fallback),
  required: ([message, value]) => {
    if (!isPresent(value) || value === '') {
      throw new Error(text(message));
    }
    return value;
  },
  fail: ([message]) => {
    throw new Error(`fail: ${text(message)}`);
  },
  include: ([name, dot], execute) => execute(text(name), dot),
  printf: ([pattern, ...args]) => sprintf(text(pattern), args),
  quote: args =>
    args
      .filter(isPresent)
      .map(arg => JSON.stringify(text(arg)))
      .join(' '),
  trim: ([s]) => text(s).trim(),
  trimSuffix: ([suffix, s]) =>
    text(s).endsWith(text(suffix))
      ? text(s).slice(0, text(s).length - text(suffix).length)
      : text(s),
  trimAll: ([characters, s]) => {
    const set = new Set(text(characters));
    const letters = [...text(s)];
    const kept = (letter: string) => !set.has(letter);
    const start = letters.findIndex(kept);
    return start < 0
      ? ''
      : letters.slice(start, letters.findLastIndex(kept) + 1).join('');
  },
  hasPrefix: ([prefix, s]) => text(s).startsWith(text(prefix)),
  splitList: ([separator, s]) => text(s).split(text(separator)),
  list: args => args,
  first: ([list]) => (Array.isArray(list) ? list[0] : undefined),
  sha256sum: ([s]) => createHash('sha256').update(text(s)).digest('hex'),
  trunc: ([length, s]) =>
    num(length) < 0
      ? text(s).slice(num(length))
      : text(s).slice(0, num(length)),
  replace: ([from, to, s]) => text(s).replaceAll(text(from), text(to)),
  contains: ([part, s]) => text(s).includes(text(part)),
  nindent: ([spaces, s]) => {
    const pad = `\n${' '.repeat(num(spaces))}`;
    return pad + text(s).replace(/\n/g, pad);
  },
  int: ([n]) => Math.trunc(num(n)),
  toYaml: ([value]) => toYaml(value ?? null),
};
