import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const KEY = 'permission.policy';

/** What `permission.policy` adds to the rules that hold for everybody. */
export interface PolicyConfig {
  /** Refs of users and groups, normalized, that may do everything. */
  admins: string[];
  grants: {
    /** Refs of users and groups, normalized. */
    to: string[];
    /** Names of permissions; one that ends in `.*` stands for all below it. */
    permissions: string[];
  }[];
}

const entityRef = z.string().transform((ref, context) => {
  const parsed = parsePrincipal(ref);
  if (parsed === undefined) {
    context.addIssue(
      `'${ref}' is not the full ref of a user or a group, such as group:default/platform`,
    );
    return z.NEVER;
  }
  return parsed;
});

const permissionName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*(\.\*)?$/,
    'this is not the name of a permission, such as scaffolder.task.create or kubernetes.*',
  );

const policySchema = z.strictObject({
  admins: z.array(entityRef).default([]),
  grants: z
    .array(
      z.strictObject({
        to: z.array(entityRef).min(1),
        permissions: z.array(permissionName).min(1),
      }),
    )
    .default([]),
});

/**
 * Reads `permission.policy`.
 *
 * @throws InputError with the key of a value that can't be used
 */
export function readPolicyConfig(config: Config): PolicyConfig {
  const parsed = policySchema.safeParse(config.getOptional(KEY) ?? {});
  if (!parsed.success) {
    throw new InputError(
      `'${KEY}' can't be used: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

function parsePrincipal(ref: string): string | undefined {
  try {
    const { kind, namespace, name } = parseEntityRef(ref);
    return ['user', 'group'].includes(kind.toLowerCase())
      ? stringifyEntityRef({ kind, namespace, name })
      : undefined;
  } catch {
    return undefined;
  }
}
