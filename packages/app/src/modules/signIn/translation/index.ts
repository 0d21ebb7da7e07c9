import { createTranslationResource } from '@backstage/frontend-plugin-api';
import { signInTranslationRef } from './signInTranslationRef';

export { signInTranslationRef } from './signInTranslationRef';

export const signInTranslations = createTranslationResource({
  ref: signInTranslationRef,
  translations: {
    de: async () => ({ default: (await import('./de')).germanMessages }),
    ja: async () => ({ default: (await import('./ja')).japaneseMessages }),
  },
});
