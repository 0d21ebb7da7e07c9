import type { ImageUpdaterResource } from '../imageUpdaters';
import type { Application } from '../model/application';
import type { ImageVersion, Promotion } from '../model/promotion';
import { sameJson } from './sameJson';
import type {
  Change,
  DeliveryState,
  KnownImage,
  KnownRevision,
  ReducerMemory,
  RepositoryMemory,
  Run,
} from './types';

/**
 * The state while one observation is reduced. Values in it are replaced, never
 * changed, so that the state it was made from stays as it was.
 *
 * @internal
 */
export class Draft {
  application?: Application;
  goneAt?: string;
  images: KnownImage[];
  revisions: KnownRevision[];
  imageUpdaters: readonly ImageUpdaterResource[];
  memory: ReducerMemory;
  private readonly promotions: Map<string, Promotion>;
  private readonly touched = new Set<string>();

  constructor(private readonly before: DeliveryState) {
    this.application = before.application;
    this.goneAt = before.goneAt;
    this.images = before.images;
    this.revisions = before.revisions;
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

  promotionsOf(repository: string): Promotion[] {
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

  repository(name: string): RepositoryMemory {
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
        [name]: { ...this.repository(name), ...change },
      },
    };
  }

  /** Runs of a repository, in the order in which the application had them. */
  runsOf(repository: string): Run[] {
    return this.memory.runs.filter(run => run.repository === repository);
  }

  /** What runs now: the live version, else what was applied last; as it is written. */
  current(repository: string): ImageVersion | undefined {
    const { live, target } = this.repository(repository);
    return (live ?? target)?.version;
  }

  /**
   * A promotion's version as it is written, without what a registry adds to it,
   * so that what is derived from it doesn't depend on when that was told.
   */
  written({ id, version }: Promotion): ImageVersion {
    const run = this.memory.runs.find(({ promotionId }) => promotionId === id);
    return run?.version ?? (version.tag ? { tag: version.tag } : version);
  }

  /** The number for what this observation is the first to show. */
  get nextPosition(): number {
    return this.before.memory.position + 1;
  }

  /** The resulting state, and what changed of promotions and application. */
  finish(): { state: DeliveryState; changes: Change[] } {
    const changes: Change[] = [];
    for (const id of this.touched) {
      const promotion = this.promotions.get(id);
      const before = this.before.promotions.find(other => other.id === id);
      if (!promotion) {
        if (before) {
          changes.push({ kind: 'promotion-withdrawn', promotion: before });
        }
      } else if (!sameJson(before, promotion)) {
        changes.push({
          kind: 'promotion',
          promotion,
          ...(before && { before }),
        });
      }
    }
    if (
      this.goneAt !== this.before.goneAt ||
      !sameJson(this.memory, this.before.memory) ||
      !sameJson(shown(this.application), shown(this.before.application))
    ) {
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
        imageUpdaters: this.imageUpdaters,
        ...(this.updaterPlatform && { updaterPlatform: this.updaterPlatform }),
        memory: this.memory,
      },
      changes,
    };
  }
}

/** Argo CD writes these on every cycle. */
function shown(application: Application | undefined) {
  return (
    application && {
      ...application,
      resourceVersion: undefined,
      reconciledAt: undefined,
    }
  );
}
