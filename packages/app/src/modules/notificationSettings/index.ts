import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NotificationSettingsPage } from './NotificationSettingsPage';

/**
 * The tab of the settings in which people choose their notifications. Backstage has
 * its content, but no page for it in the new frontend system.
 */
export const notificationSettingsModule = createFrontendModule({
  pluginId: 'user-settings',
  extensions: [NotificationSettingsPage],
});
