import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { englishMessages } from '@landfall/backstage-plugin-delivery-common';
import { applicationMessages } from './messages/application';
import { deploymentMessages } from './messages/deployments';
import { imageMessages } from './messages/images';
import { promotionMessages } from './messages/promotions';

/**
 * Every text that Landfall's frontend shows. The texts under `message` are the
 * reasons, verdicts and advice that the backend sends as codes.
 *
 * @public
 */
export const deliveryTranslationRef = createTranslationRef({
  id: 'plugin.delivery',
  messages: {
    ...deploymentMessages,
    application: applicationMessages,
    images: imageMessages,
    promotion: promotionMessages,
    message: englishMessages,
  },
});
