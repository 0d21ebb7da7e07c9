import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  type AccessRules,
  type Claimant,
  type EcrRepositoryId,
  judgeRepository,
  LOCATOR_LIMITS,
  parseRepositoryLocator,
  type RepositoryProblem,
  type TagMutability,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import type { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { readRepositoryStates } from '../store/operations/annotatedRepositories';
import { readSearches } from '../store/operations/repositorySearches';
import { repositoryKey, searchKey } from '../store/repositoryKey';
import { scopes } from '../store/scopes';
import type { StoreReading } from './StoreReading';
import {
  problemsOfRead,
  problemsOfRefused,
  problemsOfSearch,
} from './repositoryProblems';

/** @internal */
export interface EntityRepositoriesOptions {
  hosts: EcrHosts;
  accessRules: AccessRules;
  /**
   * Called when an entity references something that isn't stored yet. This happens
   * during a request, so it must not write, but only request an early read.
   */
  onUnknown: (entityRef: string) => void;
}

/**
 * The repositories of an entity: those of its applications, and those that its
 * annotations reference.
 *
 * @internal
 */
export interface RepositoriesOfEntity {
  /** With registry host, sorted. */
  repositories: string[];
  problems: RepositoryProblem[];
  /** Those that couldn't be read, and never were. */
  unread: string[];
  /** Of the repositories where it is known. */
  tagMutability: ReadonlyMap<string, TagMutability>;
  /** The keys of signals about the repositories that its annotations reference. */
  keys: string[];
}

/** The repositories that annotations reference, written as in image references. */
interface Referenced {
  repositories: string[];
  problems: RepositoryProblem[];
  /** Some of it was never stored. */
  isNew: boolean;
}

/**
 * Looks up in the store which repositories an entity's annotations reference,
 * except those that `delivery.access` doesn't let the entity show.
 *
 * @internal
 */
export class EntityRepositories {
  static create(options: EntityRepositoriesOptions): EntityRepositories {
    return new EntityRepositories(options);
  }

  private constructor(private readonly options: EntityRepositoriesOptions) {}

  /** @param used - by the entity's applications, so they may be shown anyway */
  async find(
    entity: Entity,
    used: readonly string[],
    reading: StoreReading,
  ): Promise<RepositoriesOfEntity> {
    const { onUnknown } = this.options;
    const { knex, signalKeys, dependsOn } = reading;
    const locator = parseRepositoryLocator(entity);
    const claimant = toClaimant(entity);
    const byArn = this.allowedByArn(locator.repositories, claimant, used);
    if (locator.tags) {
      dependsOn(scopes.search(searchKey(locator.tags)));
    }
    const byTags = await this.findTagged(locator.tags, claimant, {
      used,
      knex,
    });

    const named = [...byArn.repositories, ...byTags.repositories];
    const repositories = [...new Set([...used, ...named])].sort();
    const states = await readRepositoryStates(knex, repositories);
    const noted = new Set(
      states.flatMap(({ repository, isReferenced }) =>
        isReferenced ? [repository] : [],
      ),
    );
    // Those of applications are read anyway, and may be referenced by another host.
    if (
      byTags.isNew ||
      named.some(one => !used.includes(one) && !noted.has(one))
    ) {
      onUnknown(stringifyEntityRef(entity));
    }
    const keys = [
      ...(locator.tags ? [searchKey(locator.tags)] : []),
      ...named.map(repositoryKey),
    ];
    return {
      repositories,
      unread: states
        .filter(({ readAt, error }) => !readAt && error)
        .map(({ repository }) => repository),
      tagMutability: new Map(
        states.flatMap(({ repository, tagMutability }) =>
          tagMutability ? [[repository, tagMutability]] : [],
        ),
      ),
      problems: [
        ...locator.problems,
        ...byArn.problems,
        ...byTags.problems,
        ...states.flatMap(problemsOfRead),
      ],
      keys: [...new Set(keys)].map(key => signalKeys.of(key)),
    };
  }

  private allowedByArn(
    ids: EcrRepositoryId[],
    claimant: Claimant,
    used: readonly string[],
  ): Pick<Referenced, 'repositories' | 'problems'> {
    const repositories: string[] = [];
    const refused: EcrRepositoryId[] = [];
    for (const id of ids) {
      const reference = this.referenceOf(id, used);
      if (this.mayShow(id, reference, claimant, used)) {
        repositories.push(reference);
      } else {
        refused.push(id);
      }
    }
    return {
      repositories,
      problems: problemsOfRefused({ byArn: refused, found: 0 }),
    };
  }

  private async findTagged(
    tags: Record<string, string> | undefined,
    claimant: Claimant,
    { used, knex }: { used: readonly string[]; knex: Knex },
  ): Promise<Referenced> {
    const { hosts } = this.options;
    if (!tags) {
      return { repositories: [], problems: [], isNew: false };
    }
    const [search] = await readSearches(knex, [searchKey(tags)]);
    if (!search) {
      return { repositories: [], problems: [], isNew: true };
    }
    const found = (search.repositories ?? []).slice(
      0,
      LOCATOR_LIMITS.foundRepositories,
    );
    const repositories = found.flatMap(repository => {
      const parsed = hosts.parse(repository);
      const id = parsed && { ...parsed.registry, name: parsed.name };
      const reference = id ? this.referenceOf(id, used) : repository;
      return this.mayShow(id, reference, claimant, used) ? [reference] : [];
    });
    return {
      repositories,
      problems: [
        ...problemsOfSearch(search),
        ...problemsOfRefused({
          byArn: [],
          found: found.length - repositories.length,
        }),
      ],
      isNew: false,
    };
  }

  private mayShow(
    id: EcrRepositoryId | undefined,
    reference: string,
    claimant: Claimant,
    used: readonly string[],
  ): boolean {
    return (
      used.includes(reference) ||
      judgeRepository(claimant, id, this.options.accessRules).allowed
    );
  }

  /** The reference that one of its applications uses, or else the first. */
  private referenceOf(id: EcrRepositoryId, used: readonly string[]): string {
    const references = this.options.hosts.referencesOf(id);
    return references.find(one => used.includes(one)) ?? references[0];
  }
}
