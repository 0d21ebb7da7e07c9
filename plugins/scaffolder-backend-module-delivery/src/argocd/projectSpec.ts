import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { isSubdomain } from '@landfall/backstage-plugin-delivery-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** A kind of Kubernetes, or `*`. */
interface ResourceKind {
  group: string;
  kind: string;
}

/** The settings of an AppProject that are given; others stay as they are. */
export interface ProjectSpec {
  description?: string;
  sourceRepos?: string[];
  destinations?: { server?: string; name?: string; namespace: string }[];
  clusterResourceWhitelist?: ResourceKind[];
  clusterResourceBlacklist?: ResourceKind[];
  namespaceResourceWhitelist?: ResourceKind[];
  namespaceResourceBlacklist?: ResourceKind[];
  /** Other roles of the project stay. */
  roles?: ProjectRole[];
}

/** A role without its tokens, which only Argo CD makes. */
interface ProjectRole {
  name: string;
  description?: string;
  policies: string[];
  groups?: string[];
}

/**
 * A setting of an existing project that differs. A type, not an interface, because
 * outputs of actions have to be JSON.
 *
 * @public
 */
export type ProjectSettingDifference = {
  /** Such as `sourceRepos`, or `roles.ci`. */
  setting: string;
  /** As JSON. */
  current: string;
  wanted: string;
};

/** Argo CD's own project, in which every Application may be put. */
const BUILT_IN = 'default';

const specSchema = z.looseObject({
  roles: z.array(z.looseObject({ name: z.string() })).nullish(),
});

/**
 * Checks the settings, and writes policies as Argo CD stores them. Throws an
 * `InputError` that says what is wrong and where.
 */
export function readProject(name: string, spec: ProjectSpec): ProjectSpec {
  checkProject(name, spec);
  return {
    ...spec,
    ...(spec.roles && {
      roles: spec.roles.map(role => ({
        ...role,
        policies: role.policies.map(policy => partsOf(policy).join(', ')),
      })),
    }),
  };
}

function partsOf(policy: string): string[] {
  return policy.split(',').map(part => part.trim());
}

function checkProject(
  name: string,
  { destinations = [], roles = [] }: ProjectSpec,
): void {
  if (!isSubdomain(name)) {
    throw new InputError(
      `${JSON.stringify(
        name,
      )} can't be the name of an AppProject: it must be a DNS name, of lower-case letters, digits, - and .`,
    );
  }
  if (name === BUILT_IN) {
    throw new InputError(
      `The AppProject ${BUILT_IN} is Argo CD's own and isn't changed here. Choose another name`,
    );
  }
  destinations.forEach(({ server, name: cluster }, index) => {
    if ((server === undefined) === (cluster === undefined)) {
      throw new InputError(
        `destinations.${index} must have either server or name`,
      );
    }
  });
  const seen = new Set<string>();
  for (const { name: role, policies } of roles) {
    if (seen.has(role)) {
      throw new InputError(`roles has ${role} twice`);
    }
    seen.add(role);
    policies.forEach((policy, index) => {
      const [type, subject, , , object, effect, ...others] = partsOf(policy);
      const isOwn =
        type === 'p' &&
        subject === `proj:${name}:${role}` &&
        object?.startsWith(`${name}/`) &&
        (effect === 'allow' || effect === 'deny') &&
        others.length === 0;
      if (!isOwn) {
        throw new InputError(
          `roles ${role}, policies.${index} isn't a policy of the role in its own project. Write it as "p, proj:${name}:${role}, applications, get, ${name}/*, allow"`,
        );
      }
    });
  }
}

/** What lets the project use anything, in words; for the log. */
export function wideSettings({
  sourceRepos = [],
  destinations = [],
  clusterResourceWhitelist = [],
}: ProjectSpec): string[] {
  return [
    ...(sourceRepos.includes('*') ? ['every repository'] : []),
    ...(destinations.some(
      ({ server, name, namespace }) =>
        (server === '*' || name === '*') && namespace === '*',
    )
      ? ['every namespace of every cluster']
      : []),
    ...(clusterResourceWhitelist.some(
      ({ group, kind }) => group === '*' && kind === '*',
    )
      ? ['every kind of cluster-scoped resource']
      : []),
  ];
}

/** What differs between an existing spec and the settings that are given. */
export function projectDifferences(
  existing: JsonObject,
  wanted: ProjectSpec,
): ProjectSettingDifference[] {
  const { roles, ...settings } = wanted;
  const existingRoles = specSchema.parse(existing).roles ?? [];
  return [
    ...Object.entries(settings).map(
      ([setting, value]): [string, unknown, unknown] => [
        setting,
        existing[setting],
        value,
      ],
    ),
    ...(roles ?? []).map((role): [string, unknown, unknown] => {
      const found = existingRoles.find(({ name }) => name === role.name);
      return [`roles.${role.name}`, found && onlyGiven(found, role), role];
    }),
  ]
    .filter(
      ([, current, value]) =>
        value !== undefined &&
        !isDeepStrictEqual(canonical(current), canonical(value)),
    )
    .map(([setting, current, value]) => ({
      setting,
      current: JSON.stringify(current ?? null),
      wanted: JSON.stringify(value),
    }));
}

/** The spec with the settings. Whatever they don't mention stays, tokens too. */
export function mergedProject(
  existing: JsonObject,
  { roles, ...settings }: ProjectSpec,
): JsonObject {
  const existingRoles = specSchema.parse(existing).roles ?? [];
  const merged = {
    ...existing,
    ...settings,
    ...(roles && {
      roles: [
        ...existingRoles.map(role => {
          const own = roles.find(({ name }) => name === role.name);
          return own ? { ...role, ...own } : role;
        }),
        ...roles.filter(
          ({ name }) => !existingRoles.some(role => role.name === name),
        ),
      ],
    }),
  };
  // Without what is undefined.
  return JSON.parse(JSON.stringify(merged));
}

/** So without its tokens. */
function onlyGiven(found: Record<string, unknown>, role: ProjectRole): unknown {
  return Object.fromEntries(Object.keys(role).map(key => [key, found[key]]));
}

/** Lists are sets for Argo CD, and it leaves out what is empty. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 0
      ? undefined
      : value
          .map(one => JSON.stringify(canonical(one)))
          .sort((a, b) => a.localeCompare(b));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, one]) => [key, canonical(one)] as const)
        .filter(([, one]) => one !== undefined)
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  }
  return value === '' || value === null ? undefined : value;
}
