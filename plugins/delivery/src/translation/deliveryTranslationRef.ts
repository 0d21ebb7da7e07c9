import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { deploymentMessages } from './messages/deployments';
import { imageMessages } from './messages/images';
import { promotionMessages } from './messages/promotions';

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
