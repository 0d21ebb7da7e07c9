import type { Entity } from '@backstage/catalog-model';
import {
  type EcrRepositoryId,
  parseRepositoryLocator,
  REPOSITORY_ANNOTATIONS,
  type RepositoryProblem,
} from '@landfall/backstage-plugin-delivery-common';
import type { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  nameRepositories,
  readRepositoryStates,
  type RepositoryState,
} from '../store/operations/repositories/namedRepositories';
import {
  nameSearches,
  readSearches,
  type RepositorySearch,
} from '../store/operations/repositorySearches/repositorySearches';
import { repositoryKey, searchKey } from '../store/repositoryKey';
import { isoNow } from '../store/time';

/**
 * The repositories of an entity: those of its applications, and those that its
 * annotations name.
 *
 * @internal
 */
export interface RepositoriesOfEntity {
  /** With registry host, sorted. */
  repositories: string[];
  problems: RepositoryProblem[];
  /** What signals name when any of those that its annotations name changes. */
  keys: string[];
}

/**
 * Finds the repositories that an entity names by its annotations, in the store.
 * Those of an entity that is new are noted there, so that they are read soon.
 *
 * @internal
 */
export class EntityRepositories {
  static create(options: {
    database: DeliveryDatabase;
    hosts: EcrHosts;
  }): EntityRepositories {
    return new EntityRepositories(options);
  }

  private constructor(
    private readonly options: Parameters<typeof EntityRepositories.create>[0],
  ) {}

  /** @param used - those of the entity's applications */
  async of(
    entity: Entity,
    used: readonly string[],
  ): Promise<RepositoriesOfEntity> {
    const { knex } = this.options.database;
    const locator = parseRepositoryLocator(entity);
    const problems = [...locator.problems];
    const keys: string[] = [];
    const named = locator.repositories.map(id => this.referenceOf(id, used));

    if (locator.tags) {
      const key = searchKey(locator.tags);
      const [search] = await readSearches(knex, [key]);
      keys.push(key);
      if (search) {
        const found = search.repositories ?? [];
        named.push(...found.map(repository => this.asUsed(repository, used)));
        problems.push(...problemsOfSearch(search));
      } else {
        await nameSearches(knex, [locator.tags], isoNow());
      }
    }

    const repositories = [...new Set([...used, ...named])].sort();
    const states = await readRepositoryStates(knex, repositories);
    // Those of applications are read anyway, and may be named by another host.
    await this.noteNew(
      named.filter(repository => !used.includes(repository)),
      states,
    );
    keys.push(...named.map(repositoryKey));
    problems.push(...states.flatMap(problemOfRead));
    return { repositories, problems, keys: [...new Set(keys)] };
  }

  /** As an application names it, where one of the entity's own does. */
  private referenceOf(id: EcrRepositoryId, used: readonly string[]): string {
    const references = this.options.hosts.referencesOf(id);
    return references.find(one => used.includes(one)) ?? references[0];
  }

  private asUsed(repository: string, used: readonly string[]): string {
    const parsed = this.options.hosts.parse(repository);
    return parsed
      ? this.referenceOf({ ...parsed.registry, name: parsed.name }, used)
      : repository;
  }

  private async noteNew(
    named: string[],
    states: RepositoryState[],
  ): Promise<void> {
    const known = new Set(
      states.flatMap(({ repository, isNamed }) =>
        isNamed ? [repository] : [],
      ),
    );
    const unknown = named.filter(repository => !known.has(repository));
    if (unknown.length > 0) {
      await this.options.database.transaction(tx =>
        nameRepositories(tx, unknown, isoNow()),
      );
    }
  }
}

function problemsOfSearch({
  tags,
  repositories,
  error,
}: RepositorySearch): RepositoryProblem[] {
  const text = Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  if (error) {
    return [
      {
        code: 'search-failed',
        message: `Repositories with the tags ${text} couldn't be searched everywhere: ${error}`,
        advice: `Landfall tries again. It needs a region there, and the rights ecr:DescribeRepositories and ecr:ListTagsForResource; ${REPOSITORY_ANNOTATIONS.arn} needs neither`,
      },
    ];
  }
  return repositories?.length === 0
    ? [
        {
          code: 'nothing-tagged',
          message: `No repository has the tags ${text}`,
          advice: `Tag the repository, or see to it that its account and region are searched (aws.locator.resourceTaggingApi in Landfall's configuration)`,
        },
      ]
    : [];
}

function problemOfRead({
  repository,
  error,
}: RepositoryState): RepositoryProblem[] {
  return error
    ? [
        {
          code: 'read-failed',
          message: `${repository} couldn't be read: ${error}`,
          advice:
            'Landfall tries again; what was read before is shown. See to it that the repository exists and that Landfall may read it',
        },
      ]
    : [];
}
