import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { LandfallPermissionPolicy } from './LandfallPermissionPolicy';
import { readPolicyConfig } from './readPolicyConfig';

/** Sets the portal's permission policy, as `permission.policy` configures it. */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'landfall-policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
      },
      async init({ config, logger, policy }) {
        policy.setPolicy(
          LandfallPermissionPolicy.create({
            policy: readPolicyConfig(config),
            logger,
          }),
        );
      },
    });
  },
});
