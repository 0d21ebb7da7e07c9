import { z } from 'zod';
import { EcrError, invalidParameter } from '../../model/errors';
import { checkLifecyclePolicy } from '../../model/lifecycle';
import type { Registry } from '../../Registry';
import { operation, type Operations } from '../operation';
import { repositoryInput } from '../schemas';

/** Lifecycle policies are checked and kept, never applied: `lastEvaluatedAt` stays 0. */
const NEVER_EVALUATED = 0;

export const policyOperations: Operations = {
  PutLifecyclePolicy: operation(
    repositoryInput.extend({
      lifecyclePolicyText: z.string().min(1).max(30_720),
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { lifecyclePolicyText } = input;
      checkLifecyclePolicy(lifecyclePolicyText);
      repository.updateSettings({
        ...repository.settings,
        lifecyclePolicyText,
      });
      return { ...place(registry, input), lifecyclePolicyText };
    },
  ),

  GetLifecyclePolicy: operation(repositoryInput, (input, { registry }) => ({
    ...place(registry, input),
    lifecyclePolicyText: lifecyclePolicy(registry, input.repositoryName),
    lastEvaluatedAt: NEVER_EVALUATED,
  })),

  DeleteLifecyclePolicy: operation(repositoryInput, (input, { registry }) => {
    const lifecyclePolicyText = lifecyclePolicy(registry, input.repositoryName);
    const repository = registry.repository(input.repositoryName);
    repository.updateSettings({
      ...repository.settings,
      lifecyclePolicyText: undefined,
    });
    return {
      ...place(registry, input),
      lifecyclePolicyText,
      lastEvaluatedAt: NEVER_EVALUATED,
    };
  }),

  SetRepositoryPolicy: operation(
    repositoryInput.extend({
      policyText: z.string().max(10_240),
      force: z.boolean().optional(),
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { policyText } = input;
      checkRepositoryPolicy(policyText);
      repository.updateSettings({ ...repository.settings, policyText });
      return { ...place(registry, input), policyText };
    },
  ),

  GetRepositoryPolicy: operation(repositoryInput, (input, { registry }) => ({
    ...place(registry, input),
    policyText: repositoryPolicy(registry, input.repositoryName),
  })),

  DeleteRepositoryPolicy: operation(repositoryInput, (input, { registry }) => {
    const policyText = repositoryPolicy(registry, input.repositoryName);
    const repository = registry.repository(input.repositoryName);
    repository.updateSettings({
      ...repository.settings,
      policyText: undefined,
    });
    return { ...place(registry, input), policyText };
  }),
};

function place(registry: Registry, input: { repositoryName: string }) {
  return {
    registryId: registry.identity.accountId,
    repositoryName: input.repositoryName,
  };
}

function lifecyclePolicy(registry: Registry, name: string): string {
  const text = registry.repository(name).settings.lifecyclePolicyText;
  if (text === undefined) {
    throw new EcrError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${registry.identity.accountId}'`,
    );
  }
  return text;
}

function repositoryPolicy(registry: Registry, name: string): string {
  const text = registry.repository(name).settings.policyText;
  if (text === undefined) {
    throw new EcrError(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${registry.identity.accountId}'`,
    );
  }
  return text;
}

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]).optional(),
  NotAction: z.union([z.string(), z.array(z.string())]).optional(),
});

const policySchema = z.object({
  Statement: z.union([statementSchema, z.array(statementSchema).min(1)]),
});

function checkRepositoryPolicy(text: string): void {
  try {
    policySchema.parse(JSON.parse(text));
  } catch {
    throw invalidParameter('PolicyText', 'Invalid repository policy provided');
  }
}
