import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { englishMessages } from '@landfall/backstage-plugin-delivery-common';
import { actionMessages } from './messages/actions';
import { applicationMessages } from './messages/application';
import { cardMessages } from './messages/card';
import { deploymentMessages } from './messages/deployments';
import { fleetMessages } from './messages/fleet';
import { formMessages } from './messages/form';
import { imageMessages } from './messages/images';
import { instanceMessages } from './messages/instances';
import { performanceMessages } from './messages/performance';
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
    ...cardMessages,
    action: actionMessages,
    application: applicationMessages,
    fleet: fleetMessages,
    form: formMessages,
    images: imageMessages,
    instances: instanceMessages,
    performance: performanceMessages,
    promotion: promotionMessages,
    versions: versionMessages,
    message: englishMessages,
  },
});
