import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { decide } from './decide';
import type { PolicyConfig } from './readPolicyConfig';

const MAX_NAME_LENGTH = 100;
const MAX_REPORTED = 100;

/** The portal's policy. Denies permissions that no rule knows, and logs each once. */
export class LandfallPermissionPolicy implements PermissionPolicy {
  static create(options: {
    policy: PolicyConfig;
    logger: LoggerService;
  }): LandfallPermissionPolicy {
    return new LandfallPermissionPolicy(options.policy, options.logger);
  }

  private readonly reported = new Set<string>();

  private constructor(
    private readonly policy: PolicyConfig,
    private readonly logger: LoggerService,
  ) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { decision, known } = decide(permission, user?.info, this.policy);
    if (!known) {
      this.report(permission.name);
    }
    return decision;
  }

  private report(name: string): void {
    // Names come from callers, so they are bounded in number and length.
    const shown = name.slice(0, MAX_NAME_LENGTH);
    if (this.reported.has(shown) || this.reported.size >= MAX_REPORTED) {
      return;
    }
    this.reported.add(shown);
    this.logger.warn(
      `No rule of the permission policy covers ${JSON.stringify(
        shown,
      )}, so only admins have it. Grant it with permission.policy.grants.`,
    );
  }
}
