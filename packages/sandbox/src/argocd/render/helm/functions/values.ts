import { asString, isObject, jsonEqual, type Obj } from '../../../json';
import type { TemplateFunction } from '../evaluate';
import { isTrue } from '../format';
import { list, map, num, text } from './args';

/** Sprig's merge: what stands in the destination already wins. */
function mergeInto(target: Obj, source: Obj, overwrite: boolean): Obj {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (isObject(present) && isObject(value)) {
      mergeInto(present, value, overwrite);
    } else if (overwrite || !isTrue(present)) {
      target[key] = value;
    }
  }
  return target;
}

function unique(items: unknown[]): unknown[] {
  return items.filter(
    (item, i) => items.findIndex(o => jsonEqual(o, item)) === i,
  );
}

export const collections: Record<string, TemplateFunction> = {
  list: args => args,
  tuple: args => args,
  dict: args => {
    const result: Obj = {};
    for (let i = 0; i < args.length; i += 2) {
      result[text(args[i])] = i + 1 < args.length ? args[i + 1] : '';
    }
    return result;
  },
  get: ([value, key]) => map(value)[text(key)] ?? '',
  // Charts rely on set and unset changing the map they are given.
  set: ([value, key, item]) => {
    const target = map(value);
    target[text(key)] = item;
    return target;
  },
  unset: ([value, key]) => {
    const target = map(value);
    delete target[text(key)];
    return target;
  },
  hasKey: ([value, key]) => Object.keys(map(value)).includes(text(key)),
  dig: args => {
    const path = args.slice(0, -2).map(text);
    const [fallback, start] = args.slice(-2);
    let current: unknown = start;
    for (const key of path) {
      if (!isObject(current) || current[key] === undefined) {
        return fallback;
      }
      current = current[key];
    }
    return current;
  },
  keys: args => args.flatMap(value => Object.keys(map(value))),
  values: args => args.flatMap(value => Object.values(map(value))),
  pluck: ([key, ...maps]) =>
    maps
      .map(value => map(value)[text(key)])
      .filter(value => value !== undefined),
  pick: ([value, ...keys]) =>
    Object.fromEntries(
      Object.entries(map(value)).filter(([key]) =>
        keys.map(text).includes(key),
      ),
    ),
  omit: ([value, ...keys]) =>
    Object.fromEntries(
      Object.entries(map(value)).filter(
        ([key]) => !keys.map(text).includes(key),
      ),
    ),
  merge: ([target, ...sources]) =>
    sources.reduce(
      (merged: Obj, source) => mergeInto(merged, map(source), false),
      map(target),
    ),
  mergeOverwrite: ([target, ...sources]) =>
    sources.reduce(
      (merged: Obj, source) => mergeInto(merged, map(source), true),
      map(target),
    ),
  deepCopy: ([value]) => structuredClone(value),
  first: ([items]) => list(items)[0],
  last: ([items]) => list(items).slice(-1)[0],
  rest: ([items]) => list(items).slice(1),
  initial: ([items]) => list(items).slice(0, -1),
  append: ([items, item]) => [...list(items), item],
  prepend: ([items, item]) => [item, ...list(items)],
  concat: args => args.flatMap(list),
  has: ([item, items]) => list(items).some(other => jsonEqual(other, item)),
  without: ([items, ...drop]) =>
    list(items).filter(item => !drop.some(other => jsonEqual(other, item))),
  uniq: ([items]) => unique(list(items)),
  compact: ([items]) => list(items).filter(isTrue),
  reverse: ([items]) => [...list(items)].reverse(),
  slice: ([items, start, end]) => {
    const stop = end === undefined ? undefined : num(end);
    return (
      asString(items)?.slice(num(start), stop) ??
      list(items).slice(num(start), stop)
    );
  },
  chunk: ([size, items]) => {
    const all = list(items);
    const result: unknown[][] = [];
    for (let i = 0; i < all.length; i += num(size)) {
      result.push(all.slice(i, i + num(size)));
    }
    return result;
  },
};
