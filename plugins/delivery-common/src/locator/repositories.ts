import type { Entity } from '@backstage/catalog-model';
import type { Message, MessageOf } from '../messages';
import { boundedList, LOCATOR_LIMITS } from './limits';
import type { RepositoryProblem } from './problem';
import { shortened } from './shortened';

/**
 * Annotations of a catalog entity that reference its repositories in Amazon
 * ECR. The AWS plugins for Backstage use the same ones. Here both may be set.
 *
 * @public
 */
export const REPOSITORY_ANNOTATIONS = {
  arn: 'aws.amazon.com/amazon-ecr-arn',
  tags: 'aws.amazon.com/amazon-ecr-tags',
} as const;

/**
 * A repository of Amazon ECR, identified as in its ARN.
 *
 * @public
 */
export interface EcrRepositoryId {
  /** 12 digits. */
  accountId: string;
  region: string;
  /** Such as `shop/api`. */
  name: string;
}

/**
 * The repositories that an entity references itself, apart from those of its
 * applications.
 *
 * @public
 */
export interface RepositoryLocator {
  /** Given by ARN, without duplicates. */
  repositories: EcrRepositoryId[];
  /** AWS tags that a repository must all have; absent: none are given. */
  tags?: Record<string, string>;
  /** The parts of the annotations that can't be used; the rest applies. */
  problems: RepositoryProblem[];
}

const REPOSITORY_ARN =
  /^arn:([a-z-]{1,20}):ecr:([a-z]{1,10}(?:-[a-z]{1,12}){1,3}-\d{1,2}):(\d{12}):repository\/(.+)$/;

/** Components separated by slashes, as ECR accepts them. */
const NAME = /^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/;
const NAME_LENGTHS = { min: 2, max: 256 };

/** AWS partitions with known registry hosts, and their region prefixes. */
const PARTITIONS: Record<string, RegExp> = {
  aws: /^(?!cn-|us-gov-|us-iso|eu-iso|eusc-)/,
  'aws-cn': /^cn-/,
  'aws-us-gov': /^us-gov-/,
  'aws-eusc': /^eusc-/,
  'aws-iso': /^us-iso-/,
  'aws-iso-b': /^us-isob-/,
  'aws-iso-e': /^eu-isoe-/,
  'aws-iso-f': /^us-isof-/,
};

/**
 * The ARN of a repository, as the annotation takes it. Undefined for a region of no
 * known partition.
 *
 * @public
 */
export function ecrRepositoryArn({
  accountId,
  region,
  name,
}: EcrRepositoryId): string | undefined {
  const found = Object.entries(PARTITIONS).find(([, regions]) =>
    regions.test(region),
  );
  return (
    found && `arn:${found[0]}:ecr:${region}:${accountId}:repository/${name}`
  );
}

/** What AWS allows in tags, and their maximum lengths. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const TAG_LENGTHS = { key: 128, value: 256 };

/** A clause about an entry that can't be used. */
type Fault = MessageOf<'fault'>;

const ARN_ADVICE: Message = {
  code: 'advice.write-arns',
  parameters: { annotation: REPOSITORY_ANNOTATIONS.arn },
};
const TAGS_ADVICE: Message = {
  code: 'advice.write-tags',
  parameters: { annotation: REPOSITORY_ANNOTATIONS.tags },
};

/**
 * Reads the annotations of an entity. Never throws: invalid parts become
 * problems.
 *
 * @public
 */
export function parseRepositoryLocator(entity: Entity): RepositoryLocator {
  const annotations = entity.metadata.annotations ?? {};
  const problems: RepositoryProblem[] = [];
  const repositories = readArns(
    annotations[REPOSITORY_ANNOTATIONS.arn],
    problems,
  );
  const tags = readTags(annotations[REPOSITORY_ANNOTATIONS.tags], problems);
  return { repositories, ...(tags && { tags }), problems };
}

function readArns(
  text: string | undefined,
  problems: RepositoryProblem[],
): EcrRepositoryId[] {
  const found = new Map<string, EcrRepositoryId>();
  const annotation = REPOSITORY_ANNOTATIONS.arn;
  const limit = LOCATOR_LIMITS.repositories;
  const { items, problem } = boundedList(text, {
    annotation,
    limit,
    advice: {
      code: 'advice.shorten-arns',
      parameters: { limit: String(limit), tags: REPOSITORY_ANNOTATIONS.tags },
    },
  });
  for (const arn of items) {
    const match = REPOSITORY_ARN.exec(arn);
    const fault: Fault | undefined = match
      ? faultIn(match)
      : { code: 'fault.not-an-arn', parameters: {} };
    if (match && !fault) {
      const [, , region, accountId, name] = match;
      found.set(arn, { accountId, region, name });
    } else if (fault) {
      problems.push({
        code: 'arn-malformed',
        parameters: { arn: shortened(arn), annotation, fault },
        advice: ARN_ADVICE,
      });
    }
  }
  if (problem) {
    problems.push(problem);
  }
  if (text !== undefined && found.size === 0 && problems.length === 0) {
    problems.push({
      code: 'arn-missing',
      parameters: { annotation },
      advice: {
        code: 'advice.write-arns-or-remove',
        parameters: { annotation },
      },
    });
  }
  return [...found.values()];
}

function faultIn([, partition, region, , name]: RegExpExecArray):
  | Fault
  | undefined {
  const regions = Object.hasOwn(PARTITIONS, partition)
    ? PARTITIONS[partition]
    : undefined;
  if (!regions) {
    const partitions = Object.keys(PARTITIONS).join(', ');
    return {
      code: 'fault.partition-unknown',
      parameters: { partition, partitions },
    };
  }
  if (!regions.test(region)) {
    return {
      code: 'fault.region-elsewhere',
      parameters: { partition, region },
    };
  }
  const isName =
    name.length >= NAME_LENGTHS.min &&
    name.length <= NAME_LENGTHS.max &&
    NAME.test(name);
  return isName
    ? undefined
    : {
        code: 'fault.repository-name-invalid',
        parameters: { name: shortened(name) },
      };
}

function readTags(
  text: string | undefined,
  problems: RepositoryProblem[],
): Record<string, string> | undefined {
  if (text === undefined) {
    return undefined;
  }
  const annotation = REPOSITORY_ANNOTATIONS.tags;
  const { characters } = LOCATOR_LIMITS;
  if (text.length > characters) {
    // With only a part of the tags, repositories of others would match.
    problems.push({
      code: 'tags-too-long',
      parameters: {
        annotation,
        characters: String(text.length),
        limit: String(characters),
      },
      advice: TAGS_ADVICE,
    });
    return undefined;
  }
  const tags = new Map<string, string>();
  const faults: Fault[] = [];
  for (const part of splitAtCommas(text)) {
    // AWS allows an equals sign in a key, but this form can't express it.
    const at = part.indexOf('=');
    const key = part.slice(0, Math.max(at, 0)).trim();
    const value = part.slice(at + 1).trim();
    const fault = faultInTag(part, key, value, tags.get(key));
    if (fault) {
      faults.push(fault);
    } else {
      tags.set(key, value);
    }
  }
  if (tags.size === 0 && faults.length === 0) {
    faults.push({ code: 'fault.no-tag', parameters: {} });
  }
  if (faults.length > 0) {
    // With fewer tags than intended, repositories of others would match.
    problems.push({
      code: 'tags-malformed',
      parameters: { annotation, faults },
      advice: TAGS_ADVICE,
    });
    return undefined;
  }
  return Object.fromEntries(tags);
}

function faultInTag(
  part: string,
  key: string,
  value: string,
  other: string | undefined,
): Fault | undefined {
  const tag = shortened(part);
  if (!part.includes('=')) {
    return { code: 'fault.tag-without-value', parameters: { tag } };
  }
  if (key === '') {
    return { code: 'fault.tag-without-key', parameters: { tag } };
  }
  if (key.length > TAG_LENGTHS.key || value.length > TAG_LENGTHS.value) {
    return { code: 'fault.tag-too-long', parameters: { tag } };
  }
  if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value)) {
    return { code: 'fault.tag-character-invalid', parameters: { tag } };
  }
  return other !== undefined && other !== value
    ? { code: 'fault.tag-contradictory', parameters: { tag, key } }
    : undefined;
}

function splitAtCommas(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}
