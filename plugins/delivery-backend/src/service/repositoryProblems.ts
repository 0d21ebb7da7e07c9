import {
  type EcrRepositoryId,
  LOCATOR_LIMITS,
  REPOSITORY_ANNOTATIONS,
  type RepositoryProblem,
} from '@landfall/backstage-plugin-delivery-common';
import type { RepositoryState } from '../store/operations/annotatedRepositories';
import type { RepositorySearch } from '../store/operations/repositorySearches';

const ALLOW = "delivery.access.repositories in Landfall's configuration";

/** @internal */
export function problemsOfSearch(
  search: RepositorySearch,
): RepositoryProblem[] {
  const { repositories, error } = search;
  const text = tagsOf(search);
  const problems: RepositoryProblem[] = [];
  if (error) {
    problems.push({
      code: 'search-failed',
      message: `Repositories with the tags ${text} couldn't be searched everywhere`,
      advice: `Landfall tries again. It needs a region there, and the rights ecr:DescribeRepositories and ecr:ListTagsForResource; ${REPOSITORY_ANNOTATIONS.arn} needs neither`,
      detail: error,
    });
  } else if (repositories?.length === 0) {
    problems.push({
      code: 'nothing-tagged',
      message: `No repository has the tags ${text}`,
      advice: `Tag the repository, or see to it that its account and region are searched (aws.locator.resourceTaggingApi in Landfall's configuration)`,
    });
  }
  const limit = LOCATOR_LIMITS.foundRepositories;
  if (repositories && repositories.length > limit) {
    problems.push({
      code: 'too-many',
      message: `More than ${limit} repositories have the tags ${text}; only the first ${limit} are used`,
      advice: `Add a tag to ${REPOSITORY_ANNOTATIONS.tags} that fewer repositories have`,
    });
  }
  return problems;
}

/** @internal */
export function problemsOfRead({
  repository,
  error,
  errorCode,
}: RepositoryState): RepositoryProblem[] {
  if (!error) {
    return [];
  }
  return errorCode === 'account-not-configured'
    ? [
        {
          code: errorCode,
          message: `${repository} isn't read, because its AWS account isn't configured`,
          advice: `Correct the account, or have it added to aws.accounts or ${ALLOW}`,
          detail: error,
        },
      ]
    : [
        {
          code: 'read-failed',
          message: `${repository} couldn't be read`,
          advice:
            'Landfall tries again; what was read before is shown. See to it that the repository exists and that Landfall may read it',
          detail: error,
        },
      ];
}

/** @internal */
export function problemsOfRefused(refused: {
  byArn: readonly EcrRepositoryId[];
  /** How many of the repositories that were found by tags. */
  found: number;
}): RepositoryProblem[] {
  const problems: RepositoryProblem[] = refused.byArn.map(
    ({ accountId, region, name }) => ({
      code: 'repository-not-allowed',
      message: `${REPOSITORY_ANNOTATIONS.arn} references ${name} of the account ${accountId} in ${region}, which this entity may not show`,
      advice: `Have it allowed for the entity's owner by ${ALLOW}`,
    }),
  );
  if (refused.found > 0) {
    problems.push({
      code: 'repository-not-allowed',
      message: `${REPOSITORY_ANNOTATIONS.tags} finds ${refused.found} ${
        refused.found === 1 ? 'repository' : 'repositories'
      } that this entity may not show`,
      advice: `Have them allowed for the entity's owner by ${ALLOW}`,
    });
  }
  return problems;
}

function tagsOf({ tags }: RepositorySearch): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
