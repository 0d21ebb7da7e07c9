import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityReadPermission,
  catalogLocationReadPermission,
  catalogPermissions,
  RESOURCE_TYPE_CATALOG_ENTITY,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  actionExecutePermission,
  RESOURCE_TYPE_SCAFFOLDER_TASK,
  scaffolderPermissions,
  taskCreatePermission,
  templateDryRunPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  deliveryPermissions,
  deliveryToolsReadPermission,
} from '@landfall/backstage-plugin-delivery-common';
import type { PolicyConfig } from './readPolicyConfig';

/** The user who makes a request. */
export interface PolicyUser {
  userEntityRef: string;
  /** The user and the groups that the user belongs to. */
  ownershipEntityRefs: string[];
}

/** A decision, and whether a rule of the policy knows the permission. */
export interface Verdict {
  decision: PolicyDecision;
  known: boolean;
}

const ALLOW: Verdict = {
  decision: { result: AuthorizeResult.ALLOW },
  known: true,
};
const DENY: Verdict = {
  decision: { result: AuthorizeResult.DENY },
  known: true,
};

/** What every user who is signed in may read. */
const READABLE = names([
  catalogEntityReadPermission,
  catalogLocationReadPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
  // Its actions answer with what the caller may see on the pages, too.
  deliveryToolsReadPermission,
]);

const KNOWN = names([
  ...catalogPermissions,
  ...scaffolderPermissions,
  ...deliveryPermissions,
]);

/**
 * Decides what a user may do, in this order: nobody may do anything without
 * having signed in; admins may do everything; what is granted is allowed;
 * everybody may read the catalog and the templates; users may see and cancel
 * their own tasks, and owners may act on their entities; everything else is
 * denied.
 */
export function decide(
  permission: Permission,
  user: PolicyUser | undefined,
  policy: PolicyConfig,
): Verdict {
  if (user === undefined) {
    return DENY;
  }
  const refs = new Set([user.userEntityRef, ...user.ownershipEntityRefs]);
  if (policy.admins.some(admin => refs.has(admin))) {
    return ALLOW;
  }
  const granted = grantedTo(refs, policy);
  if (granted(permission.name) || READABLE.has(permission.name)) {
    return ALLOW;
  }
  if (permission.name === actionExecutePermission.name) {
    // Each step of a task or a dry run is authorized separately.
    return granted(taskCreatePermission.name) ||
      granted(templateDryRunPermission.name)
      ? ALLOW
      : DENY;
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
    return {
      known: true,
      decision: createScaffolderTaskConditionalDecision(
        permission,
        scaffolderTaskConditions.isTaskOwner({
          createdBy: [user.userEntityRef],
        }),
      ),
    };
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)) {
    return {
      known: true,
      decision: createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims: [...refs] }),
      ),
    };
  }
  return { ...DENY, known: KNOWN.has(permission.name) };
}

/** Whether a permission is granted to any of the refs, by its name. */
function grantedTo(
  refs: Set<string>,
  { grants }: PolicyConfig,
): (name: string) => boolean {
  const patterns = grants
    .filter(({ to }) => to.some(ref => refs.has(ref)))
    .flatMap(({ permissions }) => permissions);
  return name =>
    patterns.some(pattern =>
      pattern.endsWith('.*')
        ? name.startsWith(pattern.slice(0, -1))
        : name === pattern,
    );
}

function names(permissions: Permission[]): Set<string> {
  return new Set(permissions.map(({ name }) => name));
}
