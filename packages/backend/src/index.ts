import { createBackend } from '@backstage/backend-defaults';
import type { JsonObject } from '@backstage/types';
import { checkConfiguration } from './startup/checkConfiguration';
import { hasGuest } from './startup/sandboxValues';

async function start(config: JsonObject) {
  const backend = createBackend();

  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-proxy-backend'));

  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
  backend.add(import('./signIn'));
  if (hasGuest(config)) {
    // It can't start without its configuration.
    backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  }
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('./permissions'));
  backend.add(import('@backstage/plugin-user-settings-backend'));

  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(
    import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
  );
  backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

  backend.add(import('@backstage/plugin-search-backend'));
  backend.add(import('@backstage/plugin-search-backend-module-pg'));
  backend.add(import('@backstage/plugin-search-backend-module-catalog'));

  backend.add(import('@backstage/plugin-events-backend'));
  backend.add(import('@backstage/plugin-events-backend-module-aws-sqs'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(import('@backstage/plugin-notifications-backend'));
  backend.add(import('@backstage/plugin-mcp-actions-backend'));

  backend.add(import('@backstage/plugin-scaffolder-backend'));
  // Each offers its actions only; it needs no host of its kind under integrations.
  backend.add(import('@backstage/plugin-scaffolder-backend-module-azure'));
  backend.add(
    import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud'),
  );
  backend.add(
    import('@backstage/plugin-scaffolder-backend-module-bitbucket-server'),
  );
  backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
  backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
  backend.add(import('@backstage/plugin-scaffolder-backend-module-gitlab'));
  backend.add(
    import('@backstage/plugin-scaffolder-backend-module-notifications'),
  );
  backend.add(
    import('@landfall/backstage-plugin-scaffolder-backend-module-delivery'),
  );

  backend.add(import('@landfall/backstage-plugin-delivery-backend'));

  await backend.start();
}

// Before anything else is loaded or opened. The message contains all that is wrong.
checkConfiguration({ argv: process.argv, env: process.env })
  .then(start)
  .catch((error: Error) => {
    console.error(error.message);
    // What has started already would keep the process alive.
    process.exit(1);
  });
