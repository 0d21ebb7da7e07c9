import { InputError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  type ApplicationRef,
  GIT_ACTIONS,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

/** Each item costs reads of its own; more are several changes. */
const MAX_ITEMS = 50;

const entityRef = z
  .string()
  .max(256)
  .refine(
    isFullRef,
    'must be a full entity ref, such as component:default/api',
  );
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}+$/u, 'must be one line of text');

const requestSchema = z.strictObject({
  action: z.enum(GIT_ACTIONS),
  items: z
    .array(
      z.strictObject({
        entityRef,
        application: z.strictObject({
          instance: text(63),
          namespace: text(63),
          name: text(253),
        }),
        expected: z.strictObject({ actionKey: text(256) }),
        repository: text(512),
        tag: z
          .string()
          .regex(/^\w[\w.-]{0,127}$/, 'is no tag of an image')
          .optional(),
      }),
    )
    .min(1)
    .max(MAX_ITEMS)
    .refine(hasDistinctItems, 'must not have the same image twice'),
  via: z.enum(['request', 'commit']).optional(),
  hold: z.boolean().optional(),
  reason: z
    .string()
    .trim()
    .max(500)
    .regex(/^\P{Cc}*$/u, 'must be one line of text')
    .optional(),
});

/** @internal */
export function parseVersionChange(body: unknown): VersionChangeRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    throw new InputError(
      `The body is malformed: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { hold, action } = parsed.data;
  if (hold !== undefined && action === 'resume-updates') {
    throw new InputError('Resuming updates holds nothing. Leave out "hold"');
  }
  return parsed.data;
}

function isFullRef(ref: string): boolean {
  try {
    const { kind, namespace, name } = parseEntityRef(ref);
    return ref.toLowerCase() === `${kind}:${namespace}/${name}`.toLowerCase();
  } catch {
    return false;
  }
}

function hasDistinctItems(
  items: readonly { application: ApplicationRef; repository: string }[],
): boolean {
  const keys = items.map(({ application, repository }) => {
    const { instance, namespace, name } = application;
    return JSON.stringify([instance, namespace, name, repository]);
  });
  return new Set(keys).size === keys.length;
}
