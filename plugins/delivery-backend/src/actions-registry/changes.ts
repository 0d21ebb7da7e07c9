// The registry's types and its conversion to JSON Schema are those of version 3.
import type {
  ActionRecord,
  ActionAvailability,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod/v3';
import { applicationOutput } from './schemas';

/** The parts of inputs and outputs of the actions that change something. */

/** @internal */
export const actionKeyInput = z
  .string()
  .min(1)
  .max(256)
  .optional()
  .describe(
    'The `actionKey` of the answer that you acted on. Without it, nothing is changed.',
  );

/** @internal */
export const reasonInput = z
  .string()
  .max(500)
  .optional()
  .describe('Why, in one line; it is shown in the portal and audited.');

/** @internal */
export const attemptInput = z
  .string()
  .max(64)
  .optional()
  .describe(
    'A repeated call is carried out once. Pass another text here only to try again after the record says `failed`.',
  );

/** @internal */
export const offerOutput = z
  .object({
    allowed: z.boolean(),
    actionKey: z
      .string()
      .optional()
      .describe('Pass it to carry it out; absent if that isn’t allowed.'),
    approvers: z
      .array(z.string())
      .optional()
      .describe('A member of one of these entities has to approve it first.'),
    refusal: z
      .object({
        code: z.string(),
        message: z.string(),
        advice: z.string().optional(),
      })
      .optional()
      .describe('Why it isn’t allowed, and what to do.'),
  })
  .describe('Whether it can be done; nothing was changed.');

/** @internal */
export const recordOutput = z
  .object({
    id: z.string(),
    action: z.string(),
    state: z
      .string()
      .describe(
        '`waiting` for approval, `requested`, `accepted` (under way), `succeeded`, `failed`, `rejected`, or `unknown`: whether it arrived isn’t known, so look before you try again.',
      ),
    application: applicationOutput,
    environment: z.string(),
    message: z
      .string()
      .optional()
      .describe('What the other system said, word for word.'),
    url: z
      .string()
      .optional()
      .describe('The commit, or the pull or merge request.'),
  })
  .describe('What was started.');

/** @internal */
export function toRecord(record: ActionRecord): z.infer<typeof recordOutput> {
  const { id, action, state, application, environment, message, change } =
    record;
  return {
    id,
    action,
    state,
    application,
    environment,
    ...(message && { message }),
    ...(change?.url && { url: change.url }),
  };
}

/** @internal */
export function toOffer(
  { allowed, approvers, refusal }: ActionAvailability,
  actionKey: string,
): z.infer<typeof offerOutput> {
  return {
    allowed,
    ...(allowed && { actionKey }),
    ...(approvers && { approvers }),
    ...(refusal && {
      refusal: {
        code: refusal.code,
        message: refusal.message,
        ...(refusal.advice && { advice: refusal.advice }),
      },
    }),
  };
}
