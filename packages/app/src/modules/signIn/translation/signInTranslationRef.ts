import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Every text of the page to sign in on that isn't Backstage's own. */
export const signInTranslationRef = createTranslationRef({
  id: 'app.sign-in',
  messages: {
    account: 'Sign in with your account at {{provider}}.',
    nothing: {
      title: 'Nobody can sign in yet',
      text: 'This portal has no way to sign in that is configured for the environment "{{environment}}". Its administrators can add an identity provider under auth.providers.',
    },
  },
});
