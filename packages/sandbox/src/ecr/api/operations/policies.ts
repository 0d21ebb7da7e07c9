import { z } from 'zod';
import { EcrError } from '../../model/errors';
import {
  type Operations,
  placeOf,
  repositoryOperation,
  settingsOperation,
} from '../operation';

const lifecyclePolicySchema = z.object({
  rules: z
    .array(
      z.object({
        rulePriority: z.number().int().min(1),
        selection: z.object({
          tagStatus: z.enum(['tagged', 'untagged', 'any']),
          countType: z.string(),
          countNumber: z.number().int().min(1),
        }),
        action: z.object({ type: z.enum(['expire', 'transition']) }),
      }),
    )
    .min(1),
});

const statementSchema = z.object({ Effect: z.enum(['Allow', 'Deny']) });

const repositoryPolicySchema = z.object({
  Statement: z.union([statementSchema, z.array(statementSchema).min(1)]),
});

/** A string that contains JSON of the given schema. */
function jsonOf(schema: z.ZodType) {
  return z.string().refine(text => {
    try {
      return schema.safeParse(JSON.parse(text)).success;
    } catch {
      return false;
    }
  }, 'invalid policy provided');
}

type PolicyField = 'lifecyclePolicyText' | 'policyText';

/** Reads a policy; `what` is its name in the error if there is none. */
function getPolicy(field: PolicyField, what: string, more: object = {}) {
  return repositoryOperation(z.object({}), (repository, _input, context) => {
    const { name, [field]: text } = repository.settings;
    if (text === undefined) {
      throw new EcrError(
        `${what.replace(' p', 'P')}NotFoundException`,
        `${what} does not exist for the repository with name '${name}'`,
      );
    }
    return { ...placeOf(repository, context), [field]: text, ...more };
  });
}

/** Policies are stored but never applied. */
export const policyOperations: Operations = {
  PutLifecyclePolicy: settingsOperation(
    z.object({ lifecyclePolicyText: jsonOf(lifecyclePolicySchema) }),
  ),

  GetLifecyclePolicy: getPolicy('lifecyclePolicyText', 'Lifecycle policy', {
    lastEvaluatedAt: 0,
  }),

  SetRepositoryPolicy: settingsOperation(
    z.object({ policyText: jsonOf(repositoryPolicySchema) }),
  ),

  GetRepositoryPolicy: getPolicy('policyText', 'Repository policy'),
};
