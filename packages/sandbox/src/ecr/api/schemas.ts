import { z } from 'zod';
import { EcrError, invalidParameter } from '../model/errors';
import {
  REPOSITORY_NAME_RULE,
  satisfiesRepositoryNameRule,
} from '../model/names';
import { MUTABILITIES } from '../model/types';

/*
 * The shapes of requests. A constraint's message is what ECR says after
 * "failed to satisfy constraint:".
 */

function text(min: number, max: number) {
  return z
    .string()
    .min(min, `Member must have length greater than or equal to ${min}`)
    .max(max, `Member must have length less than or equal to ${max}`);
}

export const repositoryName = text(2, 256).refine(satisfiesRepositoryNameRule, {
  message: `must satisfy regular expression '${REPOSITORY_NAME_RULE}'`,
});

const registryId = z
  .string()
  .regex(/^[0-9]{12}$/, "must satisfy regular expression '[0-9]{12}'")
  .optional();

export const imageTag = text(1, 300);

export const imageId = z.object({
  imageDigest: z.string().optional(),
  imageTag: imageTag.optional(),
});

/** What every operation takes. */
export const registryInput = z.object({ registryId });
export const repositoryInput = registryInput.extend({ repositoryName });

export const imageIds = z
  .array(imageId)
  .min(1, 'Member must have length greater than or equal to 1')
  .max(100, 'Member must have length less than or equal to 100');

export const paging = {
  nextToken: z.string().optional(),
  maxResults: z
    .number()
    .int()
    .min(1, 'Member must have value greater than or equal to 1')
    .max(1000, 'Member must have value less than or equal to 1000')
    .optional(),
};

export const filter = z
  .object({
    tagStatus: z
      .enum(['TAGGED', 'UNTAGGED', 'ANY'], enumMessage('TAGGED, UNTAGGED, ANY'))
      .optional(),
  })
  .optional();

export const mutability = z.enum(
  MUTABILITIES,
  enumMessage(MUTABILITIES.join(', ')),
);

export const encryptionType = z.enum(
  ['AES256', 'KMS', 'KMS_DSSE'],
  enumMessage('AES256, KMS, KMS_DSSE'),
);

export const exclusionFilters = z
  .array(
    z.object({
      filterType: z.literal('WILDCARD', enumMessage('WILDCARD')),
      filter: text(1, 128).regex(
        /^(?:[0-9a-zA-Z._-]*\*){0,2}[0-9a-zA-Z._-]*$/,
        "must be letters, digits, '.', '_', '-', and at most two '*'",
      ),
    }),
  )
  .min(1, 'Member must have length greater than or equal to 1')
  .max(5, 'Member must have length less than or equal to 5')
  .optional();

export const scanningConfiguration = z.object({
  scanOnPush: z.boolean().optional(),
});

export const resourceTags = z.array(
  z.object({ Key: text(1, 128), Value: z.string().max(256) }),
);

function enumMessage(values: string) {
  return {
    error: (issue: { input?: unknown }) =>
      typeof issue.input === 'string'
        ? `Member must satisfy enum value set: [${values}]`
        : undefined,
  };
}

/**
 * Reads a request by its schema.
 *
 * @throws EcrError `SerializationException` for a value of the wrong JSON type,
 * `InvalidParameterException` for a missing one or one outside its constraint
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
  throw invalidParameter(
    field,
    missing ? 'Member must not be null' : issue.message,
  );
}
