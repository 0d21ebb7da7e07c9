import { mockApis } from '@backstage/test-utils';
import { deliveryTranslationRef } from '../deliveryTranslationRef';
import type { Translate } from '..';

/** The texts of the plugin's catalogue, for functions that take them. */
export function englishTexts(): Translate {
  const snapshot = mockApis
    .translation()
    .getTranslation(deliveryTranslationRef);
  if (!snapshot.ready) {
    throw new Error('The English texts need no loading');
  }
  return snapshot.t;
}
