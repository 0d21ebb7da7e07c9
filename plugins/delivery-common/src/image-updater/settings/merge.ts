import type { UpdateSettings, WriteBackSettings } from './types';

/** Lays settings over one another; what a later one leaves open comes of the earlier. */
export function mergeUpdateSettings(
  ...layers: (UpdateSettings | undefined)[]
): UpdateSettings {
  return overlay(layers);
}

/** As for update settings; the pull request's provider is one choice, taken whole. */
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
