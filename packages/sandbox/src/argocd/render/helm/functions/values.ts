import { sortKeys, type Obj } from '../../../json';
import { toYaml } from '../../../yaml';
import type { TemplateFunction } from '../evaluate';
import { map, num, text } from './args';

/** Functions that create and convert lists, maps and numbers. */
export const values: Record<string, TemplateFunction> = {
  list: args => args,
  dict: args => {
    const result: Obj = {};
    for (let i = 0; i < args.length; i += 2) {
      result[text(args[i])] = i + 1 < args.length ? args[i + 1] : '';
    }
    return result;
  },
  hasKey: ([value, key]) => Object.keys(map(value)).includes(text(key)),
  int: ([n]) => Math.trunc(num(n)),
  toString: (args: unknown[]) => text(args[0]),
  toYaml: ([value]) => toYaml(value ?? null),
  toJson: ([value]) => JSON.stringify(sortKeys(value ?? null)),
};
