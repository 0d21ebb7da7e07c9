import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { signInTranslationRef } from './signInTranslationRef';

export const germanMessages = createTranslationMessages({
  ref: signInTranslationRef,
  full: true,
  messages: {
    account: 'Mit Ihrem Konto bei {{provider}} anmelden.',
    'nothing.title': 'Noch kann sich niemand anmelden',
    'nothing.text':
      'In diesem Portal ist für die Umgebung „{{environment}}“ keine Anmeldung eingerichtet. Wer es verwaltet, kann unter auth.providers einen Identitätsanbieter eintragen.',
  },
});
