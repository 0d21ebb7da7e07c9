export { deliveryTranslationRef } from './deliveryTranslationRef';
