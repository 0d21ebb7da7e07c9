import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import type { EnvironmentRule } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import type { ApprovalRule } from '../service/actions/Approvals';

const KEY = 'delivery.actions';

/** A ref without a kind is a group. */
const approverSchema = z.string().transform((text, context) => {
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind: 'group' }));
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: isError(error) ? error.message : `'${text}' isn't an entity ref`,
    });
    return z.NEVER;
  }
});

const actionsSchema = z.strictObject({
  enabled: z.boolean().optional(),
  approvals: z
    .array(
      z.strictObject({
        environment: z.string().min(1),
        approvers: z
          .array(approverSchema)
          .min(1, 'must have at least one approver'),
      }),
    )
    .default([]),
});

/** @internal */
export interface ActionsConfig {
  enabled: boolean;
  approvals: ApprovalRule[];
}

/**
 * Reads `delivery.actions`. Without a decision in it, actions are on where Backstage's
 * permissions are: otherwise everybody who has signed in could act. Throws an
 * `InputError` that contains the key if a value is invalid.
 *
 * @internal
 */
export function readActionsConfig(
  config: Config,
  environments: readonly EnvironmentRule[],
): ActionsConfig {
  const parsed = actionsSchema.safeParse(config.getOptional(KEY) ?? {});
  if (!parsed.success) {
    throw new InputError(
      `'${KEY}' can't be used: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { enabled, approvals } = parsed.data;
  const names = environments.map(({ name }) => name);
  const unknown = approvals.find(
    ({ environment }) => names.length > 0 && !names.includes(environment),
  );
  if (unknown) {
    throw new InputError(
      `'${KEY}.approvals' names the environment '${
        unknown.environment
      }', which delivery.environments doesn't have: ${names.join(', ')}`,
    );
  }
  return {
    enabled:
      enabled ?? config.getOptionalBoolean('permission.enabled') ?? false,
    approvals,
  };
}
