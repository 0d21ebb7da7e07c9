import { z } from 'zod';
import { EcrError, invalidParameter } from '../model/errors';
import { isRepositoryName, type RepositorySettings } from '../model/types';
import type { Signer } from '../../store/Signer';
import type { Registry } from '../Registry';
import type { Repository } from '../store/Repository';

/** The dependencies of operations. */
export interface OperationContext {
  registry: Registry;
  signer: Signer;
}

/** An operation of the JSON API, from the request's body to the response's. */
export type Operation = (
  input: unknown,
  context: OperationContext,
) => object | Promise<object>;

/** Operations by their name in the `X-Amz-Target` header. */
export type Operations = Record<string, Operation>;

export const repositoryName = z
  .string()
  .refine(isRepositoryName, 'must be the name of a repository');

export const imageId = z.object({
  imageDigest: z.string().optional(),
  imageTag: z.string().min(1).max(300).optional(),
});

export const imageIds = z.array(imageId).min(1).max(100);

export const paging = {
  nextToken: z.string().optional(),
  maxResults: z.number().int().min(1).max(1000).optional(),
};

/**
 * An operation with validated input. Any other `registryId` than this
 * registry's is refused: nothing in this account grants access to another one.
 *
 * @throws EcrError `InvalidParameterException` for a missing value or one that
 * violates its constraint
 */
export function operation<T>(
  schema: z.ZodType<T>,
  run: (input: T, context: OperationContext) => object | Promise<object>,
): Operation {
  return (input, context) => {
    const { accountId } = context.registry.identity;
    const { registryId = accountId } = Object(input);
    if (registryId !== accountId) {
      throw new EcrError(
        'AccessDeniedException',
        `No resource-based policy allows access to the registry ${registryId}`,
      );
    }
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const [{ path, message }] = parsed.error.issues;
      throw invalidParameter(path.join('.'), message);
    }
    return run(parsed.data, context);
  };
}

/** An operation on an existing repository. */
export function repositoryOperation<T>(
  schema: z.ZodType<T>,
  run: (
    repository: Repository,
    input: T,
    context: OperationContext,
  ) => object | Promise<object>,
): Operation {
  return operation(z.object({ repositoryName }).and(schema), (input, context) =>
    run(context.registry.repository(input.repositoryName), input, context),
  );
}

/** An operation that stores settings of a repository, and returns them. */
export function settingsOperation<T extends Partial<RepositorySettings>>(
  schema: z.ZodType<T>,
): Operation {
  return repositoryOperation(schema, (repository, input, context) => {
    const settings = schema.parse(input);
    repository.updateSettings(settings);
    return { ...placeOf(repository, context), ...settings };
  });
}

/** The fields by which most results refer to their repository. */
export function placeOf(
  { settings }: Repository,
  { registry }: OperationContext,
) {
  return {
    registryId: registry.identity.accountId,
    repositoryName: settings.name,
  };
}

/** Converts milliseconds to the API's format: seconds with a fraction. */
export function seconds(time: number): number {
  return time / 1000;
}
