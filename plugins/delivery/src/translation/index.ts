import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import type { deliveryTranslationRef } from './deliveryTranslationRef';

export { deliveryTranslationRef } from './deliveryTranslationRef';
export { useMessageFormat } from './useMessageFormat';
export { deliveryTranslations } from './deliveryTranslations';

/** Returns a text of the plugin's message catalogue. @internal */
export type Translate = TranslationFunction<typeof deliveryTranslationRef.T>;
