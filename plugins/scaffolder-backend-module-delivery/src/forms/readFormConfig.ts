import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import type { SourceHost } from '../service';

/**
 * Reads what forms offer: the environments of the delivery plugin, and the Git host
 * that templates use by default.
 */
export function readFormConfig(
  config: RootConfigService,
  integrations: ScmIntegrations,
): { environments: string[]; sourceHost: SourceHost } {
  const parameters = config.getOptionalConfig(
    'scaffolder.defaultEnvironment.parameters',
  );
  const host = parameters?.getOptionalString('gitHost');
  return {
    environments: (
      config.getOptionalConfigArray('delivery.environments') ?? []
    ).map(environment => environment.getString('name')),
    sourceHost: {
      // The step that publishes the repository refuses an unknown host.
      type: (host && integrations.byHost(host)?.type) ?? '',
      owner: parameters?.getOptionalString('gitOwner'),
      project: parameters?.getOptionalString('gitProject'),
    },
  };
}
