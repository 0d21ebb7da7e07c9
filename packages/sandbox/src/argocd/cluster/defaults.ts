import { asArray, asObject, isObject, type Obj } from '../json';
import type { Manifest } from '../types';

/** Adds the defaults that the API server takes from a kind's definition. */
export function withDefaults(manifest: Manifest): Manifest {
  if (manifest.kind !== 'ImageUpdater') {
    return manifest;
  }
  // The updater's definitions up to 1.3 persist these two wherever there are
  // settings.
  const spec = settingsIn(asObject(manifest.spec));
  return {
    ...manifest,
    spec: {
      ...spec,
      applicationRefs: asArray(spec.applicationRefs).map(ref => {
        const entry = settingsIn(asObject(ref));
        return entry.images
          ? {
              ...entry,
              images: asArray(entry.images).map(image =>
                settingsIn(asObject(image)),
              ),
            }
          : entry;
      }),
    },
  };
}

function settingsIn(value: Obj): Obj {
  return isObject(value.commonUpdateSettings)
    ? {
        ...value,
        commonUpdateSettings: {
          updateStrategy: 'semver',
          forceUpdate: false,
          ...value.commonUpdateSettings,
        },
      }
    : value;
}
