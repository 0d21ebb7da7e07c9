import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { signInTranslationRef } from './signInTranslationRef';

export const japaneseMessages = createTranslationMessages({
  ref: signInTranslationRef,
  full: true,
  messages: {
    account: '{{provider}} のアカウントでサインインします。',
    'nothing.title': 'まだ誰もサインインできません',
    'nothing.text':
      'このポータルには、環境「{{environment}}」のサインイン方法が設定されていません。管理者は auth.providers に ID プロバイダーを追加できます。',
  },
});
