import { jsonEqual } from '../../../json';
import type { TemplateFunction } from '../evaluate';
import { format, isTrue, sprintf } from '../format';
import { parseTemplate } from '../parser';
import { map, text } from './args';

function comparison(test: (order: number) => boolean): TemplateFunction {
  return ([a, b]) => {
    const [x, y] = [a, b];
    if (typeof x === 'number' && typeof y === 'number') {
      return test(x - y);
    }
    if (typeof x === 'string' && typeof y === 'string') {
      return test(x < y ? -1 : Number(x > y));
    }
    throw new Error('incompatible types for comparison');
  };
}

let evaluations = 0;

export const flow: Record<string, TemplateFunction> = {
  eq: ([first, ...others]) =>
    others.some(other => jsonEqual(first ?? null, other ?? null)),
  ne: ([a, b]) => !jsonEqual(a ?? null, b ?? null),
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
    if (value === undefined || value === null || value === '') {
      throw new Error(text(message));
    }
    return value;
  },
  fail: ([message]) => {
    throw new Error(`fail: ${text(message)}`);
  },
  include: ([name, dot], engine) => engine.execute(text(name), dot),
  tpl: ([source, dot], engine) => {
    const template = parseTemplate(`gotpl-${evaluations++}`, text(source));
    engine.add(template);
    return engine.execute(template[template.length - 1].name, dot);
  },
  printf: ([pattern, ...args]) => sprintf(text(pattern), args),
  print: args => args.map(format).join(''),
  println: args => `${args.map(format).join(' ')}\n`,
  index: ([value, ...keys]) => {
    let current = value;
    for (const key of keys) {
      if (Array.isArray(current)) {
        const i = Number(key);
        if (!(i >= 0 && i < current.length)) {
          throw new Error(
            `error calling index: index out of range: ${format(key)}`,
          );
        }
        current = current[i];
      } else {
        current = map(current)[text(key)];
      }
    }
    return current;
  },
  len: ([value]) => {
    if (typeof value === 'string') {
      return Buffer.byteLength(value);
    }
    return Array.isArray(value) ? value.length : Object.keys(map(value)).length;
  },
};
