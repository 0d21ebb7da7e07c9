import type { ImageUpdaterResource } from '../image-updater';
import type { Application } from '../model/application';
import type { ImageVersion, Promotion } from '../model/promotion';
import { sameJson } from './sameJson';
import type {
  Change,
  DeliveryState,
  KnownCommits,
  KnownImage,
  KnownRevision,
  ReducerMemory,
  RepositoryMemory,
  Rollout,
} from './types';

/**
 * The state while one observation is being reduced. Values in it are replaced,
 * never mutated, so the original state stays intact.
 *
 * @internal
 */
export class PromotionDraft {
  application?: Application;
  goneAt?: string;
  images: KnownImage[];
  revisions: KnownRevision[];
  commits: KnownCommits[];
  imageUpdaters: readonly ImageUpdaterResource[];
  memory: ReducerMemory;
  private readonly promotions: Map<string, Promotion>;
  private readonly touched = new Set<string>();

  constructor(private readonly before: DeliveryState) {
    this.application = before.application;
    this.goneAt = before.goneAt;
    this.images = before.images;
    this.revisions = before.revisions;
    this.commits = before.commits ?? [];
    this.imageUpdaters = before.imageUpdaters;
    this.memory = before.memory;
    this.promotions = new Map(before.promotions.map(p => [p.id, p]));
  }

  get updaterPlatform() {
    return this.before.updaterPlatform;
  }

  get ref() {
    return this.before.ref;
  }

  promotion(id: string): Promotion | undefined {
    return this.promotions.get(id);
  }

  promotionsIn(repository: string): Promotion[] {
    return [...this.promotions.values()].filter(
      promotion => promotion.repository === repository,
    );
  }

  allPromotions(): Promotion[] {
    return [...this.promotions.values()];
  }

  write(promotion: Promotion): void {
    if (!sameJson(this.promotions.get(promotion.id), promotion)) {
      this.promotions.set(promotion.id, promotion);
      this.touched.add(promotion.id);
    }
  }

  withdraw(id: string): void {
    this.promotions.delete(id);
    this.touched.add(id);
  }

  repositoryMemory(name: string): RepositoryMemory {
    const known = this.memory.repositories;
    return Object.hasOwn(known, name)
      ? known[name]
      : { applied: [], counts: {}, floor: 0 };
  }

  remember(name: string, change: Partial<RepositoryMemory>): void {
    this.memory = {
      ...this.memory,
      repositories: {
        ...this.memory.repositories,
        [name]: { ...this.repositoryMemory(name), ...change },
      },
    };
  }

  /** Rollouts of a repository, oldest first. */
  rolloutsIn(repository: string): Rollout[] {
    return this.memory.runs.filter(
      rollout => rollout.repository === repository,
    );
  }

  /** Remembers with the first rollout of a promotion that it failed, once. */
  rememberDegraded(id: string, degraded: Promotion['failure']): void {
    const { runs } = this.memory;
    const index = runs.findIndex(({ promotionId }) => promotionId === id);
    if (index >= 0 && !runs[index].degraded) {
      this.memory = {
        ...this.memory,
        runs: runs.with(index, { ...runs[index], degraded }),
      };
    }
  }

  /**
   * The live version, else the last applied one, as written in its image
   * reference.
   */
  currentVersion(repository: string): ImageVersion | undefined {
    const { live, target } = this.repositoryMemory(repository);
    return (live ?? target)?.version;
  }

  /**
   * A promotion's version as written in its image reference, without what a
   * registry adds. The additions can arrive at any time, and nothing derived
   * may depend on when they do.
   */
  writtenVersion({ id, version }: Promotion): ImageVersion {
    const rollout = this.memory.runs.find(
      ({ promotionId }) => promotionId === id,
    );
    return rollout?.version ?? (version.tag ? { tag: version.tag } : version);
  }

  /**
   * The position for everything that this observation shows for the first time.
   */
  get nextPosition(): number {
    return this.before.memory.position + 1;
  }

  /**
   * The resulting state, and the changes to the promotions and the application.
   */
  finish(): { state: DeliveryState; changes: Change[] } {
    const changes = [...this.touched].flatMap(id => this.promotionChanges(id));
    if (this.isApplicationChanged()) {
      changes.push({ kind: 'application' });
    }
    return {
      state: {
        ref: this.before.ref,
        ...(this.application && { application: this.application }),
        ...(this.goneAt && { goneAt: this.goneAt }),
        promotions: [...this.promotions.values()],
        images: this.images,
        revisions: this.revisions,
        ...(this.commits.length > 0 && { commits: this.commits }),
        imageUpdaters: this.imageUpdaters,
        ...(this.updaterPlatform && { updaterPlatform: this.updaterPlatform }),
        memory: this.memory,
      },
      changes,
    };
  }

  /** One change, or none if the promotion is the same as before. */
  private promotionChanges(id: string): Change[] {
    const promotion = this.promotions.get(id);
    const before = this.before.promotions.find(other => other.id === id);
    if (!promotion) {
      return before ? [{ kind: 'promotion-withdrawn', promotion: before }] : [];
    }
    return sameJson(before, promotion)
      ? []
      : [{ kind: 'promotion', promotion, ...(before && { before }) }];
  }

  private isApplicationChanged(): boolean {
    return (
      this.goneAt !== this.before.goneAt ||
      !sameJson(this.memory, this.before.memory) ||
      !sameJson(
        withoutCycleMarks(this.application),
        withoutCycleMarks(this.before.application),
      )
    );
  }
}

/** Argo CD writes these on every reconciliation, even if nothing changed. */
function withoutCycleMarks(application: Application | undefined) {
  return (
    application && {
      ...application,
      resourceVersion: undefined,
      reconciledAt: undefined,
    }
  );
}
