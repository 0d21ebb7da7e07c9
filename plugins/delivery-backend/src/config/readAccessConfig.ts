import type { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import {
  type AccessRules,
  isRepositoryPattern,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

const KEY = 'delivery.access';

/** A ref without a kind is a group. */
const ownersSchema = z
  .array(
    z.string().transform((text, context) => {
      try {
        return stringifyEntityRef(
          parseEntityRef(text, { defaultKind: 'group' }),
        );
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: isError(error)
            ? error.message
            : `'${text}' isn't an entity ref`,
        });
        return z.NEVER;
      }
    }),
  )
  .min(1, 'must have at least one owner');

const accessSchema = z.strictObject({
  read: z.enum(['permissive', 'strict']).default('permissive'),
  // There is no other choice: writing always needs a proof.
  write: z.literal('strict').default('strict'),
  projects: z
    .array(
      z.strictObject({
        project: z.string().min(1),
        instance: z.string().min(1).optional(),
        owners: ownersSchema,
      }),
    )
    .default([]),
  repositories: z
    .array(
      z.strictObject({
        accountId: z
          .string('must be a string. Write the account in quotes')
          .regex(/^\d{12}$/, 'must have 12 digits'),
        region: z.string().min(1).optional(),
        names: z
          .array(
            z.string().refine(isRepositoryPattern, {
              error: "isn't a pattern such as shop/*",
            }),
          )
          .min(1, 'must have at least one pattern, such as shop/*'),
        owners: ownersSchema.optional(),
      }),
    )
    .default([]),
});

/**
 * Reads from `delivery.access` which applications and repositories entities may
 * show. Throws an `InputError` that contains the key if a value is invalid.
 *
 * @internal
 */
export function readAccessConfig(config: Config): AccessRules {
  const parsed = accessSchema.safeParse(config.getOptional(KEY) ?? {});
  if (!parsed.success) {
    throw new InputError(
      `'${KEY}' can't be used: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { read, projects, repositories } = parsed.data;
  return { read, projects, repositories };
}
