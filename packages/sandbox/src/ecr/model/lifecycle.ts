import { z } from 'zod';
import { invalidParameter } from './errors';

const selectionSchema = z
  .object({
    tagStatus: z.enum(['tagged', 'untagged', 'any']),
    tagPrefixList: z.array(z.string().min(1)).min(1).optional(),
    tagPatternList: z.array(z.string().min(1)).min(1).max(4).optional(),
    countType: z.enum([
      'imageCountMoreThan',
      'sinceImagePushed',
      'sinceImagePulled',
      'sinceImageTransitioned',
    ]),
    countUnit: z.literal('days').optional(),
    countNumber: z.number().int().min(1),
    storageClass: z.string().optional(),
  })
  .strict();

const policySchema = z
  .object({
    rules: z
      .array(
        z
          .object({
            rulePriority: z.number().int().min(1),
            description: z.string().max(256).optional(),
            selection: selectionSchema,
            action: z
              .object({
                type: z.enum(['expire', 'transition']),
                targetStorageClass: z.string().optional(),
              })
              .strict(),
          })
          .strict(),
      )
      .min(1)
      .max(50),
  })
  .strict();

/**
 * Checks a lifecycle policy by the rules of the user guide: rules with unique
 * priorities, a prefix or pattern list exactly for tagged images, `countUnit`
 * with the age counts, and no rule after one for `any`.
 *
 * @throws EcrError `InvalidParameterException` that names the first violation
 */
export function checkLifecyclePolicy(text: string): void {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw failure('Could not map policyString into LifecyclePolicy.');
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw failure(`${issue.message} at /${issue.path.join('/')}`);
  }
  const { rules } = parsed.data;
  const priorities = rules.map(rule => rule.rulePriority);
  if (new Set(priorities).size < priorities.length) {
    throw failure('Rule priorities must be unique');
  }
  for (const { selection, rulePriority } of rules) {
    const lists = selection.tagPrefixList ?? selection.tagPatternList;
    if ((selection.tagStatus === 'tagged') !== (lists !== undefined)) {
      throw failure(
        `Rule ${rulePriority}: tagPrefixList or tagPatternList is required when tagStatus=tagged, and only then`,
      );
    }
    if (
      selection.countType.startsWith('since') !==
      (selection.countUnit !== undefined)
    ) {
      throw failure(
        `Rule ${rulePriority}: countUnit is required with ages (since…), and only then`,
      );
    }
    if (
      selection.tagStatus === 'any' &&
      rulePriority < Math.max(...priorities)
    ) {
      throw failure('The rule for tagStatus=any must have the lowest priority');
    }
  }
}

function failure(reason: string) {
  return invalidParameter(
    'LifecyclePolicyText',
    `Lifecycle policy validation failure: ${reason}`,
  );
}
