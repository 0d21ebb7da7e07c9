import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { TemplateFunction } from '../evaluate';
import { format, quoted } from '../format';
import { list, num, text } from './args';

function words(value: string): string[] {
  return value
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter(Boolean);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function indent(spaces: number, value: string): string {
  const pad = ' '.repeat(spaces);
  return pad + value.replace(/\n/g, `\n${pad}`);
}

/** Go's replacement syntax `${1}` as JavaScript's. */
function replacement(value: string): string {
  return value.replace(/\$\{(\w+)\}/g, (_, name) =>
    /^\d+$/.test(name) ? `$${name}` : `$<${name}>`,
  );
}

function random(alphabet: string): TemplateFunction {
  return ([length]) =>
    [...randomBytes(num(length))]
      .map(byte => alphabet[byte % alphabet.length])
      .join('');
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

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
  title: ([s]) => text(s).replace(/(^|\s)\S/g, c => c.toUpperCase()),
  untitle: ([s]) => text(s).replace(/(^|\s)\S/g, c => c.toLowerCase()),
  camelcase: ([s]) => words(text(s)).map(capitalized).join(''),
  kebabcase: ([s]) => words(text(s)).join('-').toLowerCase(),
  snakecase: ([s]) => words(text(s)).join('_').toLowerCase(),
  trim: ([s]) => text(s).trim(),
  trimAll: ([chars, s]) => {
    const set = text(chars);
    let value = text(s);
    while (value && set.includes(value[0])) value = value.slice(1);
    while (value && set.includes(value[value.length - 1]))
      value = value.slice(0, -1);
    return value;
  },
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
  abbrev: ([length, s]) =>
    text(s).length > num(length)
      ? `${text(s).slice(0, num(length) - 3)}...`
      : text(s),
  substr: ([start, end, s]) =>
    text(s).slice(Math.max(num(start), 0), num(end) < 0 ? undefined : num(end)),
  replace: ([from, to, s]) => text(s).split(text(from)).join(text(to)),
  contains: ([part, s]) => text(s).includes(text(part)),
  hasPrefix: ([prefix, s]) => text(s).startsWith(text(prefix)),
  hasSuffix: ([suffix, s]) => text(s).endsWith(text(suffix)),
  repeat: ([count, s]) => text(s).repeat(num(count)),
  nospace: ([s]) => text(s).replace(/\s/g, ''),
  indent: ([spaces, s]) => indent(num(spaces), text(s)),
  nindent: ([spaces, s]) => `\n${indent(num(spaces), text(s))}`,
  cat: args => args.map(format).filter(Boolean).join(' '),
  join: ([separator, items]) =>
    (Array.isArray(items) ? items : [items])
      .filter(item => item !== undefined && item !== null)
      .map(format)
      .join(text(separator)),
  split: ([separator, s]) =>
    Object.fromEntries(
      text(s)
        .split(text(separator))
        .map((part, i) => [`_${i}`, part]),
    ),
  splitList: ([separator, s]) => text(s).split(text(separator)),
  splitn: ([separator, count, s]) => {
    const parts = text(s).split(text(separator));
    const limit = num(count);
    const kept = parts.slice(0, limit - 1);
    const rest = parts.slice(limit - 1).join(text(separator));
    return Object.fromEntries(
      [...kept, rest].map((part, i) => [`_${i}`, part]),
    );
  },
  sortAlpha: ([items]) => list(items).map(format).sort(),
  toStrings: ([items]) => list(items).map(format),
  regexMatch: ([pattern, s]) => new RegExp(text(pattern)).test(text(s)),
  regexFind: ([pattern, s]) =>
    new RegExp(text(pattern)).exec(text(s))?.[0] ?? '',
  regexFindAll: ([pattern, s, count]) => {
    const all = text(s).match(new RegExp(text(pattern), 'g')) ?? [];
    return num(count) < 0 ? all : all.slice(0, num(count));
  },
  regexReplaceAll: ([pattern, s, by]) =>
    text(s).replace(new RegExp(text(pattern), 'g'), replacement(text(by))),
  regexReplaceAllLiteral: ([pattern, s, by]) =>
    text(s).replace(new RegExp(text(pattern), 'g'), () => text(by)),
  regexSplit: ([pattern, s]) => text(s).split(new RegExp(text(pattern))),
  sha256sum: ([s]) => createHash('sha256').update(text(s)).digest('hex'),
  sha1sum: ([s]) => createHash('sha1').update(text(s)).digest('hex'),
  adler32sum: ([s]) => {
    let a = 1;
    let b = 0;
    for (const byte of Buffer.from(text(s))) {
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
    return String(b * 65536 + a);
  },
  randAlpha: random(LETTERS),
  randNumeric: random('0123456789'),
  randAlphaNum: random(`${LETTERS}0123456789`),
  uuidv4: () => randomUUID(),
};
