import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';

/**
 * Reads what forms offer: the environments of the delivery plugin, and the kind of
 * the Git host that templates use by default.
 */
export function readFormConfig(
  config: RootConfigService,
  integrations: ScmIntegrations,
): { environments: string[]; gitHostType: string } {
  const host = config.getOptionalString(
    'scaffolder.defaultEnvironment.parameters.gitHost',
  );
  return {
    environments: (
      config.getOptionalConfigArray('delivery.environments') ?? []
    ).map(environment => environment.getString('name')),
    // The step that publishes the repository refuses an unknown host.
    gitHostType: (host && integrations.byHost(host)?.type) ?? '',
  };
}
