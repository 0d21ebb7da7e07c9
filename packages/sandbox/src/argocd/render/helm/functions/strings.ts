import type { TemplateFunction } from '../evaluate';
import { format, quoted } from '../format';
import { num, text } from './args';

function indent(spaces: number, value: string): string {
  const pad = ' '.repeat(spaces);
  return pad + value.replace(/\n/g, `\n${pad}`);
}

export const strings: Record<string, TemplateFunction> = {
  quote: args =>
    args
      .filter(arg => arg !== undefined && arg !== null)
      .map(arg => quoted(format(arg)))
      .join(' '),
  squote: args =>
    args
      .filter(arg => arg !== undefined && arg !== null)
      .map(arg => `'${format(arg)}'`)
      .join(' '),
  upper: ([s]) => text(s).toUpperCase(),
  lower: ([s]) => text(s).toLowerCase(),
  trim: ([s]) => text(s).trim(),
  trimPrefix: ([prefix, s]) =>
    text(s).startsWith(text(prefix))
      ? text(s).slice(text(prefix).length)
      : text(s),
  trimSuffix: ([suffix, s]) =>
    text(suffix) && text(s).endsWith(text(suffix))
      ? text(s).slice(0, -text(suffix).length)
      : text(s),
  trunc: ([length, s]) =>
    num(length) < 0
      ? text(s).slice(num(length))
      : text(s).slice(0, num(length)),
  replace: ([from, to, s]) => text(s).split(text(from)).join(text(to)),
  contains: ([part, s]) => text(s).includes(text(part)),
  indent: ([spaces, s]) => indent(num(spaces), text(s)),
  nindent: ([spaces, s]) => `\n${indent(num(spaces), text(s))}`,
  join: ([separator, items]) =>
    (Array.isArray(items) ? items : [items])
      .filter(item => item !== undefined && item !== null)
      .map(format)
      .join(text(separator)),
};
