/**
 * What runs where, whether it is healthy, and what is on its way: for the
 * entity page.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { deliveryActionsApiRef, deliveryApiRef } from './api';
export { deliveryTranslationRef, deliveryTranslations } from './translation';
