import type { JsonArray, JsonObject } from '@backstage/types';

/** Which images ECR is to delete by itself. */
export interface ExpirySettings {
  /** Days after the push; 0: untagged images are kept. */
  expireUntaggedAfterDays: number;
  /** How many tagged images are kept; absent: all of them. */
  keepTaggedImages?: number;
}

/**
 * A lifecycle policy; undefined if nothing expires. Images of a multi-platform
 * image are untagged, but ECR never expires one that an index refers to.
 */
export function toLifecyclePolicy({
  expireUntaggedAfterDays,
  keepTaggedImages,
}: ExpirySettings): JsonObject | undefined {
  const rules: JsonArray = [];
  if (expireUntaggedAfterDays > 0) {
    rules.push({
      rulePriority: 1,
      description: `Expire untagged images after ${expireUntaggedAfterDays} days`,
      selection: {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: expireUntaggedAfterDays,
      },
      action: { type: 'expire' },
    });
  }
  if (keepTaggedImages !== undefined) {
    rules.push({
      rulePriority: 2,
      description: `Keep the last ${keepTaggedImages} tagged images`,
      selection: {
        tagStatus: 'tagged',
        tagPatternList: ['*'],
        countType: 'imageCountMoreThan',
        countNumber: keepTaggedImages,
      },
      action: { type: 'expire' },
    });
  }
  return rules.length > 0 ? { rules } : undefined;
}
