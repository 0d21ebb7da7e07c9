export { deliveryTranslationRef } from './deliveryTranslationRef';
export { type MessageFormat, useMessageFormat } from './useMessageFormat';
export { deliveryTranslations } from './deliveryTranslations';
