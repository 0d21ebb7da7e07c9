import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../deliveryTranslationRef';
import { actions } from './actions';
import { answers } from './answers';
import { application } from './application';
import { card } from './card';
import { deployments } from './deployments';
import { effects } from './effects';
import { fixes } from './fixes';
import { fleet } from './fleet';
import { form } from './form';
import { images } from './images';
import { instances } from './instances';
import { performance } from './performance';
import { problems } from './problems';
import { promotions } from './promotions';
import { reasons } from './reasons';
import { versionChange } from './versionChange';
import { refusals } from './refusals';
import { versions } from './versions';

/** Every text of Landfall's frontend in Japanese. @internal */
export const japaneseMessages = createTranslationMessages({
  ref: deliveryTranslationRef,
  full: true,
  messages: {
    ...actions,
    ...answers,
    ...application,
    ...card,
    ...deployments,
    ...effects,
    ...versionChange,
    ...fixes,
    ...fleet,
    ...form,
    ...images,
    ...instances,
    ...performance,
    ...problems,
    ...promotions,
    ...reasons,
    ...refusals,
    ...versions,
  },
});
