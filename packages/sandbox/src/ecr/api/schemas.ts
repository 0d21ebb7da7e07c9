import { z } from 'zod';
import { EcrError, invalidParameter } from '../model/errors';
import { isRepositoryName } from '../model/names';
import { MUTABILITIES } from '../model/types';

export const repositoryName = z
  .string()
  .refine(isRepositoryName, 'must be the name of a repository');

export const imageTag = z.string().min(1).max(300);

export const imageId = z.object({
  imageDigest: z.string().optional(),
  imageTag: imageTag.optional(),
});

/** Fields that every operation accepts. */
export const registryInput = z.object({
  registryId: z
    .string()
    .regex(/^[0-9]{12}$/)
    .optional(),
});
export const repositoryInput = registryInput.extend({ repositoryName });

export const imageIds = z.array(imageId).min(1).max(100);

export const paging = {
  nextToken: z.string().optional(),
  maxResults: z.number().int().min(1).max(1000).optional(),
};

export const filter = z
  .object({ tagStatus: z.enum(['TAGGED', 'UNTAGGED', 'ANY']).optional() })
  .optional();

export const mutability = z.enum(MUTABILITIES);

export const encryptionType = z.enum(['AES256', 'KMS', 'KMS_DSSE']);

export const exclusionFilters = z
  .array(
    z.object({
      filterType: z.literal('WILDCARD'),
      filter: z
        .string()
        .max(128)
        .regex(/^(?:[0-9a-zA-Z._-]*\*){0,2}[0-9a-zA-Z._-]*$/),
    }),
  )
  .min(1)
  .max(5)
  .optional();

export const scanningConfiguration = z.object({
  scanOnPush: z.boolean().optional(),
});

export const resourceTags = z.array(
  z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }),
);

/**
 * Validates a request against its schema.
 *
 * @throws EcrError `SerializationException` for a value of the wrong JSON type,
 * `InvalidParameterException` for a missing one or one that violates its
 * constraint
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const field = issue.path.join('.');
  const missing = issue.input === undefined || issue.input === null;
  const wrongType =
    issue.code === 'invalid_type' ||
    (issue.code === 'invalid_value' && typeof issue.input !== 'string');
  if (wrongType && !missing) {
    throw new EcrError(
      'SerializationException',
      `The value of '${field}' has the wrong JSON type`,
    );
  }
  throw invalidParameter(field, issue.message);
}
