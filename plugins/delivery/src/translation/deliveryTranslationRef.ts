import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { deploymentMessages } from './entity/messages';
import { imageMessages } from './images/messages';
import { promotionMessages } from './promotion/messages';

/**
 * Every text that Landfall's frontend shows.
 *
 * @public
 */
export const deliveryTranslationRef = createTranslationRef({
  id: 'plugin.delivery',
  messages: {
    ...deploymentMessages,
    images: imageMessages,
    promotion: promotionMessages,
  },
});
