import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { normalizeEntityRef } from '../access';
import type { RepositorySpec } from './differences';
import { toLifecyclePolicy } from './lifecyclePolicy';
import { toPullPolicy } from './pullPolicy';

const EXPIRE_UNTAGGED_AFTER_DAYS = 14;

/** What the action is given about a repository. */
export interface SpecInput {
  name: string;
  entityRef?: string;
  imageTagMutability?: RepositorySpec['imageTagMutability'];
  scanOnPush?: boolean;
  encryption?: RepositorySpec['encryption'];
  expireUntaggedAfterDays?: number;
  keepTaggedImages?: number;
  lifecyclePolicy?: JsonObject;
  repositoryPolicy?: JsonObject;
  pullAccountIds?: string[];
  region?: string;
  tags?: Record<string, string>;
}

/**
 * The settings that a repository shall have.
 *
 * @throws InputError for inputs that contradict one another
 */
export function toSpec(input: SpecInput): RepositorySpec {
  const { expireUntaggedAfterDays, keepTaggedImages, tags = {} } = input;
  const isExpirySet =
    expireUntaggedAfterDays !== undefined || keepTaggedImages !== undefined;
  if (input.lifecyclePolicy && isExpirySet) {
    throw new InputError(
      'lifecyclePolicy excludes expireUntaggedAfterDays and keepTaggedImages. Put all rules into the policy',
    );
  }
  const { pullAccountIds, region } = input;
  if (pullAccountIds && input.repositoryPolicy) {
    throw new InputError(
      'repositoryPolicy excludes pullAccountIds. Put all rights into the policy',
    );
  }
  if (Object.hasOwn(tags, ENTITY_REF_MARK)) {
    throw new InputError(
      `The tag ${ENTITY_REF_MARK} is set by the input "entityRef". Remove it from tags`,
    );
  }
  return {
    name: input.name,
    entityRef: input.entityRef && normalizeEntityRef(input.entityRef),
    imageTagMutability: input.imageTagMutability ?? 'IMMUTABLE',
    scanOnPush: input.scanOnPush ?? true,
    encryption: input.encryption,
    lifecyclePolicy:
      input.lifecyclePolicy ??
      toLifecyclePolicy({
        expireUntaggedAfterDays:
          expireUntaggedAfterDays ?? EXPIRE_UNTAGGED_AFTER_DAYS,
        keepTaggedImages,
      }),
    repositoryPolicy:
      input.repositoryPolicy ??
      (pullAccountIds && toPullPolicy(pullAccountIds, region)),
    tags,
  };
}
