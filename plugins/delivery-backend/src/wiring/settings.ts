import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { AccessRules } from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdInstances,
  type ImageUpdaterCluster,
  readArgoCdNamespaces,
  readImageUpdaterClusters,
} from '@landfall/backstage-plugin-delivery-node';
import { readAccessConfig } from '../config/readAccessConfig';
import {
  type ActionsConfig,
  readActionsConfig,
} from '../config/readActionsConfig';
import { readArgoCdWebhooks } from '../config/readArgoCdWebhooks';
import { readDeliveryConfig } from '../config/readDeliveryConfig';

/**
 * Everything that the plugin reads from its configuration.
 *
 * @internal
 */
export type DeliverySettings = ReturnType<typeof readDeliveryConfig> & {
  accessRules: AccessRules;
  actions: ActionsConfig;
  argocdNamespaces: ReturnType<typeof readArgoCdNamespaces>;
  /** The configured Argo CD instances. */
  instanceNames: string[];
  webhooks: ReturnType<typeof readArgoCdWebhooks>;
  clusters: ImageUpdaterCluster[];
};

/** @internal */
export function readSettings(
  config: RootConfigService,
  instances: ArgoCdInstances,
): DeliverySettings {
  const instanceNames = instances.list().map(({ instance }) => instance);
  const delivery = readDeliveryConfig(config);
  return {
    ...delivery,
    actions: readActionsConfig(config, delivery.environments),
    accessRules: readAccessConfig(config),
    argocdNamespaces: readArgoCdNamespaces(config),
    instanceNames,
    webhooks: readArgoCdWebhooks(config, instanceNames),
    clusters: readImageUpdaterClusters(config, instanceNames),
  };
}
