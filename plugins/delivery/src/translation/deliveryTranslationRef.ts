import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { englishMessages } from '@landfall/backstage-plugin-delivery-common';
import { deploymentMessages } from './messages/deployments';
import { imageMessages } from './messages/images';
import { promotionMessages } from './messages/promotions';
import { versionMessages } from './messages/versions';

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
    images: imageMessages,
    promotion: promotionMessages,
    versions: versionMessages,
    message: englishMessages,
  },
});
