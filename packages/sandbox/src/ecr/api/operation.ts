import type { z } from 'zod';
import { EcrError } from '../model/errors';
import type { ImageScanner } from '../ImageScanner';
import type { LayerLinks } from '../LayerLinks';
import type { Registry } from '../Registry';
import type { TokenIssuer } from '../TokenIssuer';
import { parseInput } from './schemas';

/** The dependencies of operations. */
export interface OperationContext {
  registry: Registry;
  scanner: ImageScanner;
  tokens: TokenIssuer;
  layers: LayerLinks;
  /** The called action, for messages. */
  action: string;
}

/** An operation of the JSON API, from the request's body to the response's. */
export type Operation = (input: unknown, context: OperationContext) => object;

/** Operations by their name in the `X-Amz-Target` header. */
export type Operations = Record<string, Operation>;

/**
 * An operation with validated input. Any other `registryId` than this
 * registry's is refused: nothing in this account grants access to another one.
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

/** Converts milliseconds to the API's format: seconds with a fraction. */
export function seconds(time: number): number {
  return time / 1000;
}
