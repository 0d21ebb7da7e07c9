import { z } from 'zod';
import { EcrError, invalidParameter } from '../../model/errors';
import type { Registry } from '../../Registry';
import { operation, type Operations } from '../operation';
import { repositoryInput } from '../schemas';

/** Lifecycle policies are kept, never applied: `lastEvaluatedAt` stays 0. */
const NEVER_EVALUATED = 0;

export const policyOperations: Operations = {
  PutLifecyclePolicy: operation(
    repositoryInput.extend({
      lifecyclePolicyText: z.string().min(1).max(30_720),
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { lifecyclePolicyText } = input;
      if (!fits(lifecyclePolicySchema, lifecyclePolicyText)) {
        throw invalidParameter(
          'LifecyclePolicyText',
          'Lifecycle policy validation failure',
        );
      }
      repository.updateSettings({
        ...repository.settings,
        lifecyclePolicyText,
      });
      return { ...place(registry, input), lifecyclePolicyText };
    },
  ),

  GetLifecyclePolicy: operation(repositoryInput, (input, { registry }) => ({
    ...place(registry, input),
    lifecyclePolicyText: requirePolicy(
      registry,
      input.repositoryName,
      'lifecyclePolicyText',
    ),
    lastEvaluatedAt: NEVER_EVALUATED,
  })),

  SetRepositoryPolicy: operation(
    repositoryInput.extend({
      policyText: z.string().max(10_240),
      force: z.boolean().optional(),
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { policyText } = input;
      if (!fits(repositoryPolicySchema, policyText)) {
        throw invalidParameter(
          'PolicyText',
          'Invalid repository policy provided',
        );
      }
      repository.updateSettings({ ...repository.settings, policyText });
      return { ...place(registry, input), policyText };
    },
  ),

  GetRepositoryPolicy: operation(repositoryInput, (input, { registry }) => ({
    ...place(registry, input),
    policyText: requirePolicy(registry, input.repositoryName, 'policyText'),
  })),
};

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

function fits(schema: z.ZodType, text: string): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function place(registry: Registry, input: { repositoryName: string }) {
  return {
    registryId: registry.identity.accountId,
    repositoryName: input.repositoryName,
  };
}

const MISSING = {
  lifecyclePolicyText: {
    type: 'LifecyclePolicyNotFoundException',
    what: 'Lifecycle policy',
  },
  policyText: {
    type: 'RepositoryPolicyNotFoundException',
    what: 'Repository policy',
  },
};

function requirePolicy(
  registry: Registry,
  name: string,
  kind: keyof typeof MISSING,
): string {
  const text = registry.repository(name).settings[kind];
  if (text === undefined) {
    const { type, what } = MISSING[kind];
    throw new EcrError(
      type,
      `${what} does not exist for the repository with name '${name}' in the registry with id '${registry.identity.accountId}'`,
    );
  }
  return text;
}
