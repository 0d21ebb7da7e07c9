import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navModule } from './modules/nav';
import { notificationSettingsModule } from './modules/notificationSettings';
import { signInModule } from './modules/signIn';
import { translationsModule } from './modules/translations';

export default createApp({
  features: [
    catalogPlugin,
    navModule,
    notificationSettingsModule,
    signInModule,
    translationsModule,
  ],
});
