import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { DefaultArgoCdClient } from './client';
import { readArgoCdConfig } from './config';
import { ProjectScopedArgoCdClient } from './projects';
import type { ArgoCdClient, ArgoCdInstances } from './types';

type ClosableClient = ArgoCdClient & { close(): Promise<void> };

/**
 * The configured Argo CD instances, with one long-lived client each.
 *
 * @public
 */
export class DefaultArgoCdInstances implements ArgoCdInstances {
  static fromConfig(
    config: RootConfigService,
    options: { logger: LoggerService },
  ): DefaultArgoCdInstances {
    const { instances, warnings } = readArgoCdConfig(config);
    warnings.forEach(warning => options.logger.warn(warning));
    return new DefaultArgoCdInstances(
      instances.map(instance =>
        'projects' in instance
          ? ProjectScopedArgoCdClient.create(instance)
          : DefaultArgoCdClient.create(instance),
      ),
    );
  }

  private constructor(private readonly clients: ClosableClient[]) {}

  list(): ArgoCdClient[] {
    return [...this.clients];
  }

  get(name: string): ArgoCdClient {
    const client = this.clients.find(({ instance }) => instance === name);
    if (!client) {
      const names = this.clients.map(({ instance }) => `'${instance}'`);
      throw new NotFoundError(
        `There is no Argo CD instance '${name}' in argocd.appLocatorMethods. ${
          names.length > 0
            ? `Configured: ${names.join(', ')}`
            : 'None is configured'
        }`,
      );
    }
    return client;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all(this.clients.map(client => client.close()));
  }
}
