import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../deliveryTranslationRef';
import { application } from './application';
import { deployments } from './deployments';
import { effects } from './effects';
import { fixes } from './fixes';
import { images } from './images';
import { problems } from './problems';
import { promotions } from './promotions';
import { reasons } from './reasons';

/** Every text of Landfall's frontend in German. @internal */
export const germanMessages = createTranslationMessages({
  ref: deliveryTranslationRef,
  full: true,
  messages: {
    ...application,
    ...deployments,
    ...effects,
    ...fixes,
    ...images,
    ...problems,
    ...promotions,
    ...reasons,
  },
});
