import { createTranslationResource } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from './deliveryTranslationRef';

/**
 * Landfall's frontend in German (`de`) and Japanese (`ja`). Install it with
 * `TranslationBlueprint` in an app on the new frontend system, or with
 * `__experimentalTranslations` of `createApp` on the old one.
 *
 * @public
 */
export const deliveryTranslations = createTranslationResource({
  ref: deliveryTranslationRef,
  translations: {
    de: async () => ({ default: (await import('./de')).germanMessages }),
    ja: async () => ({ default: (await import('./ja')).japaneseMessages }),
  },
});
