import { asArray, asObject, isObject, type Obj } from '../json';
import type { Manifest } from '../types';

/**
 * Whether a live object differs from its target: a field of the target has
 * another value, or a field that was applied before and is no longer in the
 * target still exists. Fields that others added (defaults, counters) and the
 * status are ignored.
 */
export function differs(
  target: Manifest,
  live: Manifest,
  lastApplied: Manifest | undefined,
): boolean {
  const { status: _, ...wanted } = target;
  return !contains(live, wanted) || leftover(lastApplied, wanted, live);
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
    return (
      (isObject(live) || live === undefined) &&
      Object.entries(wanted).every(([key, value]) =>
        contains(live?.[key], value),
      )
    );
  }
  // YAML yields `cpu: 1`, the API server `"1"`.
  return typeof live !== 'object' && String(live) === String(wanted);
}

function leftover(before: unknown, wanted: unknown, live: unknown): boolean {
  const target = asObject(wanted);
  return (
    isObject(live) &&
    Object.entries(asObject(before)).some(
      ([key, value]) =>
        key !== 'status' &&
        live[key] !== undefined &&
        (target[key] === undefined ||
          target[key] === null ||
          leftover(value, target[key], live[key])),
    )
  );
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
  const { apiVersion, kind, metadata } = target;
  return {
    ...merged,
    apiVersion,
    kind,
    metadata: { ...asObject(merged.metadata), name: metadata.name },
  };
}

function merge(live: Obj, before: unknown, target: Obj): Obj {
  const result: Obj = { ...live };
  for (const key of Object.keys(asObject(before))) {
    if (target[key] === undefined && key !== 'status') {
      delete result[key];
    }
  }
  for (const [key, value] of Object.entries(target)) {
    const present = result[key];
    if (isObject(value) && isObject(present)) {
      result[key] = merge(present, asObject(before)[key], value);
    } else if (value !== undefined) {
      result[key] = value;
    }
  }
  return result;
}

/**
 * Adds the defaults that the API server takes from a kind's definition. Those
 * of the updater up to 1.3 have two wherever there are settings.
 */
export function withDefaults(manifest: Manifest): Manifest {
  return manifest.kind === 'ImageUpdater'
    ? { ...manifest, spec: withSettings(manifest.spec) }
    : manifest;
}

function withSettings(value: unknown): Obj {
  const result = { ...asObject(value) };
  if (isObject(result.commonUpdateSettings)) {
    result.commonUpdateSettings = {
      updateStrategy: 'semver',
      forceUpdate: false,
      ...result.commonUpdateSettings,
    };
  }
  for (const field of ['applicationRefs', 'images']) {
    if (result[field]) {
      result[field] = asArray(result[field]).map(withSettings);
    }
  }
  return result;
}
