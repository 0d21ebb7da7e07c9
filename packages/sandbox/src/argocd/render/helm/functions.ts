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
