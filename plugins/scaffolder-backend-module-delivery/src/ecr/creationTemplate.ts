import {
  type ECRClient,
  paginateDescribeRepositoryCreationTemplates,
  type RepositoryCreationTemplate,
} from '@aws-sdk/client-ecr';
import type { SpecInput } from './toSpec';

/** The prefix of the template for repositories that no other one fits. */
const ROOT = 'ROOT';

/**
 * What is asked for, with the settings of the registry's creation template where the
 * request leaves them open. ECR itself applies templates only to repositories that
 * replication, a pull-through cache or a push creates.
 *
 * Rejects with the error of ECR.
 */
export async function withCreationTemplate(
  client: ECRClient,
  input: SpecInput,
  abortSignal?: AbortSignal,
): Promise<SpecInput> {
  const templates: RepositoryCreationTemplate[] = [];
  for await (const page of paginateDescribeRepositoryCreationTemplates(
    { client },
    {},
    { abortSignal },
  )) {
    templates.push(...(page.repositoryCreationTemplates ?? []));
  }
  const template = templateFor(input.name, templates);
  return template ? merged(input, template) : input;
}

/** The template whose prefix fits best: the longest one of whole parts of the name. */
export function templateFor(
  name: string,
  templates: readonly RepositoryCreationTemplate[],
): RepositoryCreationTemplate | undefined {
  const fitting = templates.filter(
    ({ prefix = '' }) => prefix === ROOT || name.startsWith(`${prefix}/`),
  );
  const length = ({ prefix = '' }: RepositoryCreationTemplate) =>
    prefix === ROOT ? -1 : prefix.length;
  return fitting.sort((a, b) => length(b) - length(a))[0];
}

function merged(
  input: SpecInput,
  template: RepositoryCreationTemplate,
): SpecInput {
  const { imageTagMutability, encryptionConfiguration } = template;
  const { encryptionType: type, kmsKey } = encryptionConfiguration ?? {};
  const hasLifecycle =
    input.lifecyclePolicy !== undefined ||
    input.expireUntaggedAfterDays !== undefined ||
    input.keepTaggedImages !== undefined;
  const hasPolicy =
    input.repositoryPolicy !== undefined || input.pullAccountIds !== undefined;
  const tags = Object.fromEntries(
    (template.resourceTags ?? []).map(({ Key = '', Value = '' }) => [
      Key,
      Value,
    ]),
  );
  return {
    ...input,
    imageTagMutability:
      input.imageTagMutability ??
      (imageTagMutability === 'MUTABLE' || imageTagMutability === 'IMMUTABLE'
        ? imageTagMutability
        : undefined),
    encryption: input.encryption ?? (type && { type, kmsKey }),
    lifecyclePolicy: hasLifecycle
      ? input.lifecyclePolicy
      : parse(template.lifecyclePolicy),
    repositoryPolicy: hasPolicy
      ? input.repositoryPolicy
      : parse(template.repositoryPolicy),
    tags: { ...tags, ...input.tags },
  };
}

function parse(policy: string | undefined): SpecInput['lifecyclePolicy'] {
  return policy ? JSON.parse(policy) : undefined;
}
