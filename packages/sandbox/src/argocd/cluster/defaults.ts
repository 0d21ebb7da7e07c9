import { asArray, asObject, isObject, type Obj } from '../json';
import type { Manifest } from '../types';

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
