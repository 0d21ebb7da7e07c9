import { asArray, asObject, isObject, jsonEqual, type Obj } from '../json';
import type { Manifest } from '../types';

/** Fields of a live object that manifests never set. */
const LIVE_ONLY = ['status'];

/**
 * Whether a live object differs from its target: a field of the target has
 * another value, or a field that was applied before and is no longer in the
 * target still exists. Fields that others added (defaults, counters) are
 * ignored.
 */
export function differs(
  target: Manifest,
  live: Manifest,
  lastApplied: Manifest | undefined,
): boolean {
  const { status: _, ...wanted } = target;
  if (!contains(live, wanted)) {
    return true;
  }
  return lastApplied !== undefined && leftover(lastApplied, wanted, live);
}

/**
 * Whether `live` has every field of `wanted`. An absent value matches an empty
 * one.
 */
function contains(live: unknown, wanted: unknown): boolean {
  if (wanted === null || wanted === undefined) {
    return live === undefined || live === null;
  }
  if (Array.isArray(wanted)) {
    const items = asArray(live);
    return (
      items.length === wanted.length &&
      wanted.every((item, i) => contains(items[i], item))
    );
  }
  if (isObject(wanted)) {
    if (!isObject(live)) {
      return (
        live === undefined &&
        Object.values(wanted).every(v => contains(undefined, v))
      );
    }
    return Object.entries(wanted).every(([key, value]) =>
      contains(live[key], value),
    );
  }
  return jsonEqual(live, wanted) || sameQuantity(live, wanted);
}

/** YAML yields `cpu: 1`, the API server `"1"`. */
function sameQuantity(live: unknown, wanted: unknown): boolean {
  return (
    typeof live !== 'object' &&
    typeof wanted !== 'object' &&
    String(live) === String(wanted)
  );
}

function leftover(before: unknown, wanted: unknown, live: unknown): boolean {
  if (!isObject(before) || !isObject(live)) {
    return false;
  }
  const target = asObject(wanted);
  return Object.entries(before).some(([key, value]) => {
    if (LIVE_ONLY.includes(key) || live[key] === undefined) {
      return false;
    }
    return target[key] === undefined || target[key] === null
      ? true
      : leftover(value, target[key], live[key]);
  });
}

/**
 * Three-way merge like `kubectl apply`: sets the target's fields, removes those
 * that only the last manifest had, and keeps all others.
 */
export function applyManifest(
  live: Manifest,
  lastApplied: Manifest | undefined,
  target: Manifest,
): Manifest {
  const merged = merge(live, lastApplied, target);
  return {
    ...merged,
    apiVersion: target.apiVersion,
    kind: target.kind,
    metadata: { ...asObject(merged.metadata), name: target.metadata.name },
  };
}

function merge(live: Obj, before: unknown, target: Obj): Obj {
  const result: Obj = { ...live };
  for (const key of Object.keys(asObject(before))) {
    if (target[key] === undefined && !LIVE_ONLY.includes(key)) {
      delete result[key];
    }
  }
  for (const [key, value] of Object.entries(target)) {
    if (value === undefined) {
      continue;
    }
    const present = result[key];
    result[key] =
      isObject(value) && isObject(present)
        ? merge(present, asObject(before)[key], value)
        : value;
  }
  return result;
}
