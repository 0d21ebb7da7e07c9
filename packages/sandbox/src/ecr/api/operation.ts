import type { z } from 'zod';
import { EcrError } from '../model/errors';
import type { ImageScanner } from '../ImageScanner';
import type { LayerLinks } from '../LayerLinks';
import type { Registry } from '../Registry';
import type { TokenIssuer } from '../TokenIssuer';
import { parseInput } from './schemas';

/** What operations work on. */
export interface OperationContext {
  registry: Registry;
  scanner: ImageScanner;
  tokens: TokenIssuer;
  layers: LayerLinks;
  /** The action that is being called, for messages. */
  action: string;
}

/** An operation of the JSON API: the request's body in, the answer's out. */
export type Operation = (input: unknown, context: OperationContext) => object;

/** Operations by name, as the `X-Amz-Target` header has it. */
export type Operations = Record<string, Operation>;

/**
 * An operation with checked input. A `registryId` other than our own is
 * refused: nothing in this account grants access to another one.
 */
export function operation<T extends { registryId?: string }>(
  schema: z.ZodType<T>,
  run: (input: T, context: OperationContext) => object,
): Operation {
  return (input, context) => {
    const parsed = parseInput(schema, input);
    const { accountId, region } = context.registry.identity;
    if (parsed.registryId !== undefined && parsed.registryId !== accountId) {
      throw new EcrError(
        'AccessDeniedException',
        `User: arn:aws:iam::${accountId}:user/sandbox is not authorized to perform: ecr:${context.action} on resource: arn:aws:ecr:${region}:${parsed.registryId}:repository/* because no resource-based policy allows the ecr:${context.action} action`,
      );
    }
    return run(parsed, context);
  };
}

/** Milliseconds in the API's form: seconds, with a fraction. */
export function seconds(time: number): number {
  return time / 1000;
}
