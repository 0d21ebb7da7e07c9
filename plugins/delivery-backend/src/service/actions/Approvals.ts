import type { ActionCode } from '@landfall/backstage-plugin-delivery-common';
import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';

/**
 * An environment whose actions a second person approves.
 *
 * @internal
 */
export interface ApprovalRule {
  environment: string;
  /** Full entity refs. */
  approvers: string[];
}

/** What only reads, or stops something that goes wrong, doesn't wait. */
const IMMEDIATE: ReadonlySet<ActionCode> = new Set([
  'refresh',
  'hard-refresh',
  'terminate',
  'rollout-abort',
]);

/**
 * Which actions a second person has to approve, and who may.
 *
 * @internal
 */
export class Approvals {
  constructor(
    private readonly rules: readonly ApprovalRule[],
    private readonly userInfo: UserInfoService,
  ) {}

  /** Undefined if nobody has to approve it. */
  approversOf(
    action: ActionCode,
    environment: string,
    { dryRun = false }: { dryRun?: boolean } = {},
  ): string[] | undefined {
    const rule = this.rules.find(one => one.environment === environment);
    return IMMEDIATE.has(action) || dryRun ? undefined : rule?.approvers;
  }

  /** Whether the caller is one of the approvers, or a member of one. */
  async includes(
    approvers: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const { ownershipEntityRefs, userEntityRef } =
      await this.userInfo.getUserInfo(credentials);
    return [userEntityRef, ...ownershipEntityRefs].some(ref =>
      approvers.includes(ref),
    );
  }
}
