import { SubPageBlueprint } from '@backstage/frontend-plugin-api';

export const NotificationSettingsPage = SubPageBlueprint.make({
  name: 'notifications',
  params: {
    path: 'notifications',
    title: 'Notifications',
    loader: async () => {
      const [{ UserNotificationSettingsCard }, { Content }] = await Promise.all(
        [
          import('@backstage/plugin-notifications'),
          import('@backstage/core-components'),
        ],
      );
      return (
        <Content>
          <UserNotificationSettingsCard
            originNames={{ 'plugin:delivery': 'Delivery' }}
          />
        </Content>
      );
    },
  },
});
