import type { UpdateSettings, WriteBackSettings } from './types';

/**
 * Merges settings. Later layers win; fields that they leave unset come from
 * earlier ones.
 */
export function mergeUpdateSettings(
  ...layers: (UpdateSettings | undefined)[]
): UpdateSettings {
  return overlay(layers);
}

/**
 * Merges like update settings. The pull request's provider is one choice, so it
 * is taken as a whole.
 */
export function mergeWriteBack(
  ...layers: (WriteBackSettings | undefined)[]
): WriteBackSettings {
  const gitConfig = layers.map(layer => layer?.gitConfig);
  return {
    ...overlay(layers),
    gitConfig: gitConfig.some(Boolean) ? overlay(gitConfig) : undefined,
  };
}

function overlay<T extends object>(layers: (T | undefined)[]): Partial<T> {
  const merged: Partial<T> = {};
  for (const layer of layers) {
    Object.assign(
      merged,
      Object.fromEntries(
        Object.entries(layer ?? {}).filter(([, value]) => value !== undefined),
      ),
    );
  }
  return merged;
}
