import {
  type EcrRepositoryId,
  LOCATOR_LIMITS,
  type Message,
  REPOSITORY_ANNOTATIONS,
  type RepositoryProblem,
} from '@landfall/backstage-plugin-delivery-common';
import type { RepositoryState } from '../store/operations/annotatedRepositories';
import type { RepositorySearch } from '../store/operations/repositorySearches';

const ACCESS = 'delivery.access.repositories';
const SEARCHED = 'aws.locator.resourceTaggingApi';

const ALLOW: Message = {
  code: 'advice.allow-repository',
  parameters: { setting: ACCESS },
};

/** @internal */
export function problemsOfSearch(
  search: RepositorySearch,
): RepositoryProblem[] {
  const { repositories, error } = search;
  const tags = formatTags(search);
  const problems: RepositoryProblem[] = [];
  if (error) {
    problems.push({
      code: 'search-failed',
      parameters: { tags },
      advice: {
        code: 'advice.permit-search',
        parameters: { annotation: REPOSITORY_ANNOTATIONS.arn },
      },
      detail: reported(error),
    });
  } else if (repositories?.length === 0) {
    problems.push({
      code: 'nothing-tagged',
      parameters: { tags },
      advice: {
        code: 'advice.tag-repository',
        parameters: { setting: SEARCHED },
      },
    });
  }
  const limit = LOCATOR_LIMITS.foundRepositories;
  if (repositories && repositories.length > limit) {
    problems.push({
      code: 'too-many-tagged',
      parameters: { limit: String(limit), tags },
      advice: {
        code: 'advice.add-tag',
        parameters: { annotation: REPOSITORY_ANNOTATIONS.tags },
      },
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
          parameters: { repository },
          advice: {
            code: 'advice.configure-account',
            parameters: { setting: ACCESS },
          },
          detail: reported(error),
        },
      ]
    : [
        {
          code: 'read-failed',
          parameters: { repository },
          advice: { code: 'advice.permit-reading', parameters: {} },
          detail: reported(error),
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
      parameters: {
        annotation: REPOSITORY_ANNOTATIONS.arn,
        repository: name,
        account: accountId,
        region,
      },
      advice: ALLOW,
    }),
  );
  if (refused.found > 0) {
    problems.push({
      code: 'repositories-not-allowed',
      parameters: {
        annotation: REPOSITORY_ANNOTATIONS.tags,
        total: String(refused.found),
      },
      advice: ALLOW,
    });
  }
  return problems;
}

function reported(message: string): Message {
  return { code: 'detail.reported', parameters: { message } };
}

function formatTags({ tags }: RepositorySearch): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
