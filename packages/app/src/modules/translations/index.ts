import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { deliveryTranslations } from '@landfall/backstage-plugin-delivery';

/**
 * Landfall's texts in the languages that the settings offer (`app.extensions`
 * of the configuration).
 */
export const translationsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'delivery',
      params: { resource: deliveryTranslations },
    }),
  ],
});
