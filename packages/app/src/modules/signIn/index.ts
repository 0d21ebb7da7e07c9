import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  TranslationBlueprint,
} from '@backstage/plugin-app-react';
import { OidcAuthApi } from './oidcAuthApi';
import { signInTranslations } from './translation';

/** Replaces Backstage's page for guests by one that offers what is configured. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    OidcAuthApi,
    SignInPageBlueprint.make({
      params: { loader: async () => (await import('./SignIn')).SignIn },
    }),
    TranslationBlueprint.make({
      name: 'sign-in',
      params: { resource: signInTranslations },
    }),
  ],
});
