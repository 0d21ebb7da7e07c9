import { mockServices } from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ADA, BOB } from './actingPortal';

const permissions = mockServices.permissions.mock({
  authorize: async (requests, options) => {
    const caller = JSON.stringify(options);
    return requests.map(({ permission: { name } }) => ({
      result:
        caller.includes(ADA) ||
        (caller.includes(BOB) && name.startsWith('delivery.tools.'))
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    }));
  },
  authorizeConditional: async requests =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW })),
});

/**
 * What a portal needs for MCP clients of Ada, who may do everything, of Bob, who may use
 * the actions but not change applications, and of others, who may do nothing.
 *
 * @internal
 */
export const MCP_PORTAL = {
  config: { backend: { actions: { pluginSources: ['delivery'] } } },
  features: [mcpPlugin, permissions.factory],
};
