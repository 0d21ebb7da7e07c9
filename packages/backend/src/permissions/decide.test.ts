import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogIngestionManagePermission,
  catalogIngestionReadPermission,
  catalogLocationAnalyzePermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
  catalogPermissions,
} from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  actionExecutePermission,
  scaffolderPermissions,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateManagementPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  deliveryApplicationRefreshPermission,
  deliveryApplicationRollbackPermission,
  deliveryApplicationRolloutPermission,
  deliveryApplicationSyncPermission,
  deliveryApplicationTerminatePermission,
  deliveryInstancesReadPermission,
  deliveryPermissions,
  deliveryToolsChangePermission,
  deliveryToolsReadPermission,
  deliveryUpdatesResumePermission,
  deliveryVersionPromotePermission,
  deliveryVersionRevertPermission,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { decide, type PolicyUser } from './decide';
import type { PolicyConfig } from './readPolicyConfig';

const ADA: PolicyUser = {
  userEntityRef: 'user:default/ada',
  ownershipEntityRefs: ['user:default/ada', 'group:default/shop'],
};

const NOTHING: PolicyConfig = { admins: [], grants: [] };

const UNKNOWN_READ = createPermission({
  name: 'kubernetes.resources.read',
  attributes: { action: 'read' },
});
const UNKNOWN_WRITE = createPermission({
  name: 'kubernetes.proxy',
  attributes: {},
});

/** `allow`, `deny`, or the rule and the parameters that decide. */
function outcome(
  permission: Permission,
  policy: PolicyConfig = NOTHING,
): unknown {
  const { decision } = decide(permission, ADA, policy);
  return decision.result === 'CONDITIONAL'
    ? decision.conditions
    : decision.result.toLowerCase();
}

/** The parameters of a condition on owners. */
function ownerParams(condition: unknown) {
  return z
    .object({ params: z.object({ claims: z.array(z.string()) }) })
    .parse(condition).params;
}

const OWNED = expect.objectContaining({
  rule: 'IS_ENTITY_OWNER',
  params: { claims: ['user:default/ada', 'group:default/shop'] },
});
const OWN_TASK = expect.objectContaining({
  rule: 'IS_TASK_OWNER',
  params: { createdBy: ['user:default/ada'] },
});

const DEFAULTS: [Permission, unknown][] = [
  [catalogEntityReadPermission, 'allow'],
  [catalogEntityRefreshPermission, OWNED],
  [catalogEntityDeletePermission, OWNED],
  [catalogEntityCreatePermission, 'deny'],
  [catalogEntityValidatePermission, 'deny'],
  [catalogLocationReadPermission, 'allow'],
  [catalogLocationCreatePermission, 'deny'],
  [catalogLocationDeletePermission, 'deny'],
  [catalogLocationAnalyzePermission, 'deny'],
  [catalogIngestionReadPermission, 'deny'],
  [catalogIngestionManagePermission, 'deny'],
  [templateParameterReadPermission, 'allow'],
  [templateStepReadPermission, 'allow'],
  [templateDryRunPermission, 'deny'],
  [templateManagementPermission, 'deny'],
  [taskCreatePermission, 'deny'],
  [taskReadPermission, OWN_TASK],
  [taskCancelPermission, OWN_TASK],
  [actionExecutePermission, 'deny'],
  [deliveryInstancesReadPermission, 'deny'],
  [deliveryToolsReadPermission, 'allow'],
  [deliveryToolsChangePermission, 'deny'],
  [deliveryApplicationRefreshPermission, OWNED],
  [deliveryApplicationSyncPermission, OWNED],
  [deliveryApplicationTerminatePermission, OWNED],
  [deliveryApplicationRollbackPermission, OWNED],
  [deliveryApplicationRolloutPermission, OWNED],
  [deliveryVersionPromotePermission, OWNED],
  [deliveryVersionRevertPermission, OWNED],
  [deliveryUpdatesResumePermission, OWNED],
  [UNKNOWN_READ, 'deny'],
  [UNKNOWN_WRITE, 'deny'],
];

const CASES = DEFAULTS.map(([permission, expected]) => ({
  name: permission.name,
  permission,
  expected,
}));

describe('decide', () => {
  it.each(CASES)('defines a default for $name', ({ permission, expected }) => {
    expect(outcome(permission)).toEqual(expected);
  });

  it('is tested for every permission of the portal', () => {
    const named = new Set(CASES.map(({ name }) => name));

    expect(
      [...catalogPermissions, ...scaffolderPermissions, ...deliveryPermissions]
        .map(({ name }) => name)
        .filter(name => !named.has(name)),
    ).toEqual([]);
  });

  it.each(CASES)('denies $name without a sign-in', ({ permission }) => {
    const open = {
      admins: ['user:default/ada'],
      grants: [{ to: ['user:default/ada'], permissions: [permission.name] }],
    };

    expect(decide(permission, undefined, open)).toEqual({
      decision: { result: 'DENY' },
      known: true,
    });
  });

  it.each(CASES)(
    'allows $name to admins, by user or by group',
    ({ permission }) => {
      for (const admins of [['user:default/ada'], ['group:default/shop']]) {
        expect(outcome(permission, { admins, grants: [] })).toBe('allow');
      }
      const others = { admins: ['group:default/pay'], grants: [] };
      expect(outcome(permission, others)).toEqual(outcome(permission));
    },
  );

  it.each(CASES)(
    'allows $name to users and groups with a grant',
    ({ permission }) => {
      const grant = (to: string, name: string): PolicyConfig => ({
        admins: [],
        grants: [{ to: [to], permissions: ['a.b', name] }],
      });
      const { name } = permission;

      expect(outcome(permission, grant('group:default/shop', name))).toBe(
        'allow',
      );
      expect(
        outcome(
          permission,
          grant('user:default/ada', `${name.split('.')[0]}.*`),
        ),
      ).toBe('allow');
      expect(outcome(permission, grant('group:default/pay', name))).toEqual(
        outcome(permission),
      );
    },
  );

  it('matches a pattern with whole segments of a name', () => {
    const policy = {
      admins: [],
      grants: [{ to: ['user:default/ada'], permissions: ['kube.*'] }],
    };

    expect(outcome(UNKNOWN_WRITE, policy)).toBe('deny');
  });

  it.each([taskCreatePermission, templateDryRunPermission])(
    'lets users with a grant for $name execute actions',
    ({ name }) => {
      const policy = {
        admins: [],
        grants: [{ to: ['user:default/ada'], permissions: [name] }],
      };

      expect(outcome(actionExecutePermission, policy)).toBe('allow');
      expect(outcome(templateManagementPermission, policy)).toBe('deny');
    },
  );

  it('allows actions of other plugins on entities to owners only', () => {
    for (const action of ['read', 'update', undefined] as const) {
      const permission = createPermission({
        name: 'todo.entity.change',
        attributes: { action },
        resourceType: 'catalog-entity',
      });

      expect(outcome(permission)).toEqual(OWNED);
    }
  });

  it.each([
    ['user:default/ada', true],
    ['group:default/shop', true],
    ['group:default/pay', false],
  ])('for an entity of %s, decides by ownership: %s', (targetRef, owned) => {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'api' },
      relations: [{ type: 'ownedBy', targetRef }],
    };
    const { claims } = ownerParams(outcome(catalogEntityDeletePermission));

    expect(permissionRules.isEntityOwner.apply(entity, { claims })).toBe(owned);
  });

  it('knows exactly the permissions of the portal', () => {
    for (const { permission } of CASES) {
      expect(decide(permission, ADA, NOTHING).known).toBe(
        permission !== UNKNOWN_READ && permission !== UNKNOWN_WRITE,
      );
    }
  });
});
