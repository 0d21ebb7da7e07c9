import { z } from 'zod';
import { EcrError } from '../../model/errors';
import type { Registry } from '../../Registry';
import { operation, type Operations } from '../operation';
import { repositoryInput } from '../schemas';

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
function jsonOf(schema: z.ZodType, maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine(text => {
      try {
        return schema.safeParse(JSON.parse(text)).success;
      } catch {
        return false;
      }
    }, 'invalid policy provided');
}

/** Policies are stored but never applied. */
export const policyOperations: Operations = {
  PutLifecyclePolicy: operation(
    repositoryInput.extend({
      lifecyclePolicyText: jsonOf(lifecyclePolicySchema, 30_720),
    }),
    ({ repositoryName, lifecyclePolicyText }, { registry }) => {
      const repository = registry.repository(repositoryName);
      repository.updateSettings({
        ...repository.settings,
        lifecyclePolicyText,
      });
      return { ...placeOf(registry, repositoryName), lifecyclePolicyText };
    },
  ),

  GetLifecyclePolicy: operation(
    repositoryInput,
    ({ repositoryName }, { registry }) => {
      const { lifecyclePolicyText } =
        registry.repository(repositoryName).settings;
      if (lifecyclePolicyText === undefined) {
        throw new EcrError(
          'LifecyclePolicyNotFoundException',
          `Lifecycle policy does not exist for the repository with name '${repositoryName}'`,
        );
      }
      return {
        ...placeOf(registry, repositoryName),
        lifecyclePolicyText,
        lastEvaluatedAt: 0,
      };
    },
  ),

  SetRepositoryPolicy: operation(
    repositoryInput.extend({
      policyText: jsonOf(repositoryPolicySchema, 10_240),
    }),
    ({ repositoryName, policyText }, { registry }) => {
      const repository = registry.repository(repositoryName);
      repository.updateSettings({ ...repository.settings, policyText });
      return { ...placeOf(registry, repositoryName), policyText };
    },
  ),

  GetRepositoryPolicy: operation(
    repositoryInput,
    ({ repositoryName }, { registry }) => {
      const { policyText } = registry.repository(repositoryName).settings;
      if (policyText === undefined) {
        throw new EcrError(
          'RepositoryPolicyNotFoundException',
          `Repository policy does not exist for the repository with name '${repositoryName}'`,
        );
      }
      return { ...placeOf(registry, repositoryName), policyText };
    },
  ),
};

function placeOf(registry: Registry, repositoryName: string) {
  return { registryId: registry.identity.accountId, repositoryName };
}
