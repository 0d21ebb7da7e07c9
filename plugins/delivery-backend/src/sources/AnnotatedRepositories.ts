import type { Entity } from '@backstage/catalog-model';
import {
  type AccessRules,
  type Claimant,
  judgeRepository,
  LOCATOR_LIMITS,
  parseRepositoryLocator,
  REPOSITORY_ANNOTATIONS,
  type RepositoryLocator,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import type { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  saveReferencedRepositories,
  clearUnreferenced,
} from '../store/operations/annotatedRepositories';
import {
  deleteSearches,
  saveReferencedSearches,
  readSearches,
} from '../store/operations/repositorySearches';
import { searchKey } from '../store/repositoryKey';
import type { EntityReader } from './CatalogReader';

/** @internal */
export interface AnnotatedRepositoriesOptions {
  database: DeliveryDatabase;
  hosts: EcrHosts;
  accessRules: AccessRules;
}

/**
 * Stores the repositories that catalog entities reference by their annotations, so
 * that they are read even if no application uses them. References that
 * `delivery.access` doesn't allow are ignored.
 *
 * @internal
 */
export class AnnotatedRepositories implements EntityReader {
  static create(options: AnnotatedRepositoriesOptions): AnnotatedRepositories {
    return new AnnotatedRepositories(options);
  }

  readonly annotations = Object.values(REPOSITORY_ANNOTATIONS);

  private constructor(private readonly options: AnnotatedRepositoriesOptions) {}

  async save(entities: readonly Entity[], seenAt: string): Promise<void> {
    const claims = entities.map(entity => ({
      claimant: toClaimant(entity),
      locator: parseRepositoryLocator(entity),
    }));
    const tags = claims.flatMap(({ locator }) =>
      locator.tags ? [locator.tags] : [],
    );
    await this.options.database.transaction(async tx => {
      await saveReferencedSearches(tx, tags, seenAt);
      const searches = await readSearches(tx, [
        ...new Set(tags.map(searchKey)),
      ]);
      const found = new Map(
        searches.map(({ key, repositories = [] }) => [key, repositories]),
      );
      await saveReferencedRepositories(
        tx,
        claims.flatMap(({ claimant, locator }) => [
          ...this.allowedByArn(claimant, locator),
          ...this.allowedByTags(
            claimant,
            (locator.tags && found.get(searchKey(locator.tags))) ?? [],
          ),
        ]),
        seenAt,
      );
    });
  }

  async prune(before: string): Promise<void> {
    await this.options.database.transaction(async tx => {
      await clearUnreferenced(tx, before);
      await deleteSearches(tx, before);
    });
  }

  private allowedByArn(
    claimant: Claimant,
    { repositories }: RepositoryLocator,
  ): string[] {
    const { accessRules, hosts } = this.options;
    return repositories.flatMap(id =>
      judgeRepository(claimant, id, accessRules).allowed
        ? [hosts.referencesOf(id)[0]]
        : [],
    );
  }

  private allowedByTags(claimant: Claimant, found: string[]): string[] {
    const { accessRules, hosts } = this.options;
    return found
      .slice(0, LOCATOR_LIMITS.foundRepositories)
      .filter(repository => {
        const parsed = hosts.parse(repository);
        const id = parsed && { ...parsed.registry, name: parsed.name };
        return judgeRepository(claimant, id, accessRules).allowed;
      });
  }
}
