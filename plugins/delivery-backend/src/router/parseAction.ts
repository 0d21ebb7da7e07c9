import { InputError } from '@backstage/errors';
import {
  type ApplicationActionRequest,
  IDEMPOTENCY_KEY_PATTERN,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import type { ActionDecision } from '../service/actions/types';

const MAX_RESOURCES = 500;

/** The rules of Kubernetes for names, except that some kinds also take colons. */
const name = z
  .string()
  .max(253)
  .regex(
    /^[a-zA-Z0-9]([-a-zA-Z0-9._:]*[a-zA-Z0-9])?$/,
    'is no name in Kubernetes',
  );
const namespace = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is no namespace in Kubernetes');
const group = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/, 'is no API group');
const kind = z
  .string()
  .max(63)
  .regex(/^[A-Z][A-Za-z0-9]*$/, 'is no kind in Kubernetes');

const reason = z
  .string()
  .trim()
  .max(500)
  .regex(/^\P{Cc}*$/u, 'must be one line of text')
  .optional();

const common = {
  expected: z.strictObject({ actionKey: z.string().min(1).max(256) }),
  reason,
};

const requestSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.enum(['refresh', 'hard-refresh', 'terminate']),
    ...common,
  }),
  z.strictObject({
    action: z.literal('sync'),
    ...common,
    resources: z
      .array(
        z.strictObject({
          group: group.optional(),
          kind,
          namespace: namespace.optional(),
          name,
        }),
      )
      // Argo CD takes an empty list for all resources.
      .min(1, 'must have at least one resource; leave it out to sync all')
      .max(MAX_RESOURCES)
      .optional(),
    prune: z.boolean().optional(),
    dryRun: z.boolean().optional(),
    force: z.boolean().optional(),
    replace: z.boolean().optional(),
  }),
  z.strictObject({
    action: z.literal('rollback'),
    ...common,
    historyId: z.int().min(0),
    prune: z.boolean().optional(),
    dryRun: z.boolean().optional(),
  }),
  z.strictObject({
    action: z.enum([
      'rollout-promote',
      'rollout-promote-full',
      'rollout-abort',
      'rollout-retry',
      'rollout-restart',
    ]),
    ...common,
    rollout: z.strictObject({ namespace: namespace.optional(), name }),
  }),
]);

const decisionSchema = z.strictObject({ approve: z.boolean(), reason });

/** @internal */
export function parseActionRequest(body: unknown): ApplicationActionRequest {
  return parse(requestSchema, body);
}

/** @internal */
export function parseDecision(body: unknown): Omit<ActionDecision, 'id'> {
  return parse(decisionSchema, body);
}

/** @internal */
export function parseActionId(id: string): string {
  if (!z.uuid().safeParse(id).success) {
    throw new InputError('The id of an action is a UUID');
  }
  return id;
}

/**
 * The header `Idempotency-Key`.
 *
 * @internal
 */
export function parseIdempotencyKey(header: string | undefined): string {
  if (header === undefined || !IDEMPOTENCY_KEY_PATTERN.test(header)) {
    throw new InputError(
      'The header Idempotency-Key is required: 16 to 128 characters of A-Z a-z 0-9 _ -, another one for each action, and the same one for each attempt at it',
    );
  }
  return header;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new InputError(
      `The body is malformed: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
