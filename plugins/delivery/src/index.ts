/**
 * What runs where, is it well, and what is on its way: for the entity page.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { deliveryApiRef } from './api';
export { deliveryTranslationRef, deliveryTranslations } from './translation';
