import type {
  HealthStatus,
  Initiator,
} from '@landfall/backstage-plugin-delivery-common';
import { references } from './references';
import { SimulatedApplication } from './simulatedApplication';

/**
 * Argo CD's part of the simulation: syncs, rollouts and comparisons of one
 * application, in the order in which a real Argo CD was observed to report
 * them.
 *
 * @public
 */
export class SimulatedArgoCd extends SimulatedApplication {
  /** A sync of the head, or of an entry of the history. */
  sync(
    options: {
      by?: string;
      to?: number;
      partial?: boolean;
      failing?: string;
      degraded?: boolean;
      /** New pods come up so fast that the application never leaves Healthy. */
      quiet?: boolean;
    } = {},
  ): this {
    const entry = this.application.history.find(({ id }) => id === options.to);
    const deployed = this.deployments.find(d => d.historyId === options.to);
    const sha = deployed?.revision ?? this.head.sha;
    const revisions = this.revisionsAt(sha);
    const images = deployed?.images ?? this.head.images;
    const sources = entry?.sources ?? this.application.sources;
    const initiatedBy: Initiator = options.by
      ? { username: options.by, automated: false }
      : { automated: true };
    this.change({ operation: undefined });
    this.wait(90);
    const startedAt = this.seconds();
    const operation = {
      phase: 'Running' as const,
      startedAt,
      dryRun: false,
      partial: options.partial ?? false,
      revisions,
      images: [],
      initiatedBy,
    };
    this.change({ operation });
    this.wait(1_800);
    if (options.failing) {
      this.change({
        operation: {
          ...operation,
          phase: 'Failed',
          message: options.failing,
          finishedAt: this.seconds(),
          images: references(images),
        },
      });
      return this;
    }
    if (!options.partial) {
      const by = { startedAt, sources, initiatedBy };
      this.change({ history: this.deploy({ sha, images }, by) });
    }
    this.wait(40);
    this.change({
      operation: {
        ...operation,
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        finishedAt: this.seconds(),
        images: references(images),
      },
    });
    this.wait(1_100);
    this.rollOut(images, {
      degraded: options.degraded,
      quiet: options.quiet,
      rolledBack: options.to !== undefined,
    });
    return this;
  }

  /**
   * Argo CD reapplies what was changed in the cluster: a partial sync without
   * history.
   */
  selfHeal(): this {
    const { automatedSync, sync } = this.application;
    const deployed = this.deployments[this.deployments.length - 1];
    if (!automatedSync || sync.status !== 'Synced') {
      return this;
    }
    this.wait(20_000);
    this.change({
      sync: { status: 'OutOfSync', revisions: sync.revisions },
      health: this.health('Progressing'),
    });
    const operation = {
      startedAt: this.seconds(),
      dryRun: false,
      partial: true,
      revisions: sync.revisions,
      initiatedBy: { automated: true },
    };
    this.change({ operation: { ...operation, phase: 'Running', images: [] } });
    this.wait(300);
    this.change({
      operation: {
        ...operation,
        phase: 'Succeeded',
        finishedAt: this.seconds(),
        images: references(deployed.images),
      },
    });
    this.wait(1_200);
    this.compare('Healthy');
    return this;
  }

  protected rollOut(
    images: Record<string, string>,
    {
      degraded,
      quiet,
      rolledBack,
    }: { degraded?: boolean; quiet?: boolean; rolledBack: boolean },
  ): void {
    const before = this.application.images;
    const after = references(images);
    const isChange = before.join() !== after.join();
    const sync = {
      status: rolledBack ? ('OutOfSync' as const) : ('Synced' as const),
      revisions: this.revisionsAt(this.head.sha),
    };
    if (!isChange) {
      this.change({ sync, reconciledAt: this.seconds() });
      return;
    }
    const both = [...new Set([...before, ...after])].sort();
    this.change({
      sync,
      images: both,
      ...(!quiet && { health: this.health('Progressing') }),
      reconciledAt: this.seconds(),
    });
    this.wait(7_400);
    if (degraded) {
      this.change({
        health: {
          ...this.health('Degraded'),
          message: 'Deployment exceeded its progress deadline',
        },
        reconciledAt: this.seconds(),
      });
      return;
    }
    if (!quiet) {
      this.change({
        health: this.health('Healthy'),
        reconciledAt: this.seconds(),
      });
    }
    this.wait(900);
    this.change({ images: after });
  }

  protected compare(health?: HealthStatus): void {
    const applied = this.deployments[this.deployments.length - 1]?.images ?? {};
    const isSame =
      references(applied).join() === references(this.head.images).join();
    this.change({
      sync: {
        status: isSame ? 'Synced' : 'OutOfSync',
        revisions: this.revisionsAt(this.head.sha),
      },
      ...(health && { health: this.health(health) }),
      reconciledAt: this.seconds(),
    });
  }
}
