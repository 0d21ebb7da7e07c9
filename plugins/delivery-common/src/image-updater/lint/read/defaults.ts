import type { ImageUpdaterSpec, UpdateSettings } from '../../settings/types';

/**
 * The fields that the resource definitions of 1.0 to 1.3 add to every
 * `commonUpdateSettings` that lacks them.
 */
export const UPDATE_DEFAULTS = {
  updateStrategy: 'semver',
  forceUpdate: false,
} as const satisfies UpdateSettings;

/**
 * A `spec` as Kubernetes stores it, with the defaults of its definition.
 *
 * @public
 */
export function withDefaults(spec: ImageUpdaterSpec): ImageUpdaterSpec {
  return {
    ...spec,
    commonUpdateSettings: filled(spec.commonUpdateSettings),
    applicationRefs: spec.applicationRefs?.map(ref => ({
      ...ref,
      commonUpdateSettings: filled(ref.commonUpdateSettings),
      images: ref.images?.map(image => ({
        ...image,
        commonUpdateSettings: filled(image.commonUpdateSettings),
      })),
    })),
  };
}

function filled(settings?: UpdateSettings): UpdateSettings | undefined {
  return (
    settings && {
      ...settings,
      updateStrategy: settings.updateStrategy ?? UPDATE_DEFAULTS.updateStrategy,
      forceUpdate: settings.forceUpdate ?? UPDATE_DEFAULTS.forceUpdate,
    }
  );
}
