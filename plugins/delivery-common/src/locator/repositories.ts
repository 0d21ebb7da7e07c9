import type { Entity } from '@backstage/catalog-model';
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

/** What AWS allows in tags, and their maximum lengths. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const TAG_LENGTHS = { key: 128, value: 256 };

const ARN_ADVICE = `Write ${REPOSITORY_ANNOTATIONS.arn} as arn:aws:ecr:<region>:<account>:repository/<name>, several with commas between them`;
const TAGS_ADVICE = `Write ${REPOSITORY_ANNOTATIONS.tags} as key=value, several with commas between them`;

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
  const { items, excess } = boundedList(text, LOCATOR_LIMITS.repositories);
  for (const arn of items) {
    const match = REPOSITORY_ARN.exec(arn);
    const problem = match ? wrongIn(match) : 'is not the ARN of a repository';
    if (match && !problem) {
      const [, , region, accountId, name] = match;
      found.set(arn, { accountId, region, name });
    } else {
      problems.push({
        code: 'arn-malformed',
        message: `'${shortened(arn)}' in ${
          REPOSITORY_ANNOTATIONS.arn
        } ${problem}`,
        advice: ARN_ADVICE,
      });
    }
  }
  if (excess) {
    problems.push({
      code: excess.code,
      message: `${REPOSITORY_ANNOTATIONS.arn} ${excess.message}`,
      advice: `List at most ${LOCATOR_LIMITS.repositories} repositories, or tag them and use ${REPOSITORY_ANNOTATIONS.tags}`,
    });
  }
  if (text !== undefined && found.size === 0 && problems.length === 0) {
    problems.push({
      code: 'arn-malformed',
      message: `${REPOSITORY_ANNOTATIONS.arn} is empty`,
      advice: `${ARN_ADVICE}, or remove it`,
    });
  }
  return [...found.values()];
}

function wrongIn([, partition, region, , name]: RegExpExecArray):
  | string
  | undefined {
  const regions = Object.hasOwn(PARTITIONS, partition)
    ? PARTITIONS[partition]
    : undefined;
  if (!regions) {
    return `is of the partition ${partition}, which is not one of ${Object.keys(
      PARTITIONS,
    ).join(', ')}`;
  }
  if (!regions.test(region)) {
    return `has the region ${region}, which the partition ${partition} doesn't have`;
  }
  const isName =
    name.length >= NAME_LENGTHS.min &&
    name.length <= NAME_LENGTHS.max &&
    NAME.test(name);
  return isName
    ? undefined
    : `ends in '${shortened(name)}', which ECR doesn't take as a name`;
}

function readTags(
  text: string | undefined,
  problems: RepositoryProblem[],
): Record<string, string> | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (text.length > LOCATOR_LIMITS.characters) {
    // With only a part of the tags, repositories of others would match.
    problems.push({
      code: 'annotation-too-long',
      message: `${REPOSITORY_ANNOTATIONS.tags} has ${text.length} characters and isn't used; it may have at most ${LOCATOR_LIMITS.characters}`,
      advice: TAGS_ADVICE,
    });
    return undefined;
  }
  const tags = new Map<string, string>();
  const found: string[] = [];
  for (const part of partsOf(text)) {
    // AWS allows an equals sign in a key, but this form can't express it.
    const at = part.indexOf('=');
    const key = part.slice(0, Math.max(at, 0)).trim();
    const value = part.slice(at + 1).trim();
    const wrong = wrongTag(at < 0, key, value, tags.get(key));
    if (wrong) {
      found.push(`'${shortened(part)}' ${wrong}`);
    } else {
      tags.set(key, value);
    }
  }
  if (tags.size === 0 && found.length === 0) {
    found.push('there is no tag');
  }
  if (found.length > 0) {
    // With fewer tags than intended, repositories of others would match.
    problems.push({
      code: 'tags-malformed',
      message: `${REPOSITORY_ANNOTATIONS.tags} can't be used: ${found.join(
        '; ',
      )}`,
      advice: TAGS_ADVICE,
    });
    return undefined;
  }
  return Object.fromEntries(tags);
}

function wrongTag(
  hasNoValue: boolean,
  key: string,
  value: string,
  other: string | undefined,
): string | undefined {
  if (hasNoValue) {
    return 'has no equals sign';
  }
  if (key === '') {
    return 'has no key';
  }
  if (key.length > TAG_LENGTHS.key || value.length > TAG_LENGTHS.value) {
    return 'is longer than a tag of AWS can be';
  }
  if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value)) {
    return 'has a character that AWS allows in no tag';
  }
  return other !== undefined && other !== value
    ? `gives ${key} another value than before it`
    : undefined;
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}
