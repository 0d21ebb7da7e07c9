import type {
  Application,
  ApplicationRef,
  ApplicationSource,
  HealthStatus,
  Initiator,
} from '../model/application';
import type { Observation } from '../model/observation';
import { hex, references } from './references';

/** An observation with the source that told it: each source keeps its own order. */
export interface Told {
  source: 'application' | 'registry' | 'revisions';
  observation: Observation;
}

export interface Revision {
  sha: string;
  /** What the repository holds at it. */
  images: Record<string, string>;
  author: string;
  date: string;
  message: string;
}

export interface Deployed {
  historyId: number;
  revision: string;
  at: string;
  images: Record<string, string>;
}

export const HUMAN = 'Jo Doe <jo@example.com>';
export const REPO_URL = 'https://git.example.com/shop/deploy.git';
const HISTORY_LIMIT = 10;

/**
 * One application of an Argo CD, in the order in which a real one was seen to tell
 * things: the clock, the truth, and what is told of it.
 */
export class SimulatedArgoCd {
  static readonly ref: ApplicationRef = {
    instance: 'main',
    namespace: 'argocd',
    name: 'api-dev',
  };

  readonly told: Told[] = [];
  /** Every successful, full sync. */
  readonly deployments: Deployed[] = [];
  protected now: number;
  protected head: Revision;
  protected readonly revisions: Revision[] = [];
  protected application: Application;
  protected historyId = 0;
  protected version = 0;

  constructor(options: {
    images: Record<string, string>;
    annotations?: Record<string, string>;
    automatedSync?: boolean;
    startAt?: string;
  }) {
    this.now = Date.parse(options.startAt ?? '2026-01-01T12:00:00.250Z');
    this.head = this.revise(options.images, HUMAN, 'Add api');
    this.now += 5_000;
    this.deployments.push(this.deployment(0, this.head));
    this.application = {
      ref: SimulatedArgoCd.ref,
      uid: 'uid-1',
      project: 'shop',
      labels: {},
      annotations: options.annotations ?? {},
      destination: { namespace: 'dev' },
      sources: [this.source()],
      automatedSync: options.automatedSync ?? true,
      sync: { status: 'Synced', revisions: [this.head.sha] },
      health: { status: 'Healthy', lastTransitionTime: this.seconds(3_000) },
      images: references(options.images),
      externalUrls: [],
      history: [
        {
          id: 0,
          revisions: [this.head.sha],
          sources: [this.source()],
          deployStartedAt: this.seconds(-1_000),
          deployedAt: this.seconds(),
          initiatedBy: { automated: true },
        },
      ],
      operation: {
        phase: 'Succeeded',
        startedAt: this.seconds(-1_000),
        finishedAt: this.seconds(),
        dryRun: false,
        partial: false,
        revisions: [this.head.sha],
        images: references(options.images),
        initiatedBy: { automated: true },
      },
      conditions: [],
      resources: { total: 2, outOfSync: 0, unwell: [] },
      reconciledAt: this.seconds(4_000),
    };
    this.wait(60_000);
    this.tell();
  }

  protected revise(
    images: Record<string, string>,
    author: string,
    message: string,
  ): Revision {
    const sha = hex(`revision ${this.revisions.length}`).slice(0, 40);
    const revision = { sha, images, author, date: this.seconds(), message };
    this.revisions.push(revision);
    return revision;
  }

  get running(): string[] {
    return this.application.images;
  }

  get current(): Application {
    return this.application;
  }

  get clock(): string {
    return new Date(this.now).toISOString();
  }

  wait(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  /** A sync of the head, or of an entry of the history. */
  sync(
    options: {
      by?: string;
      to?: number;
      partial?: boolean;
      failing?: string;
      degraded?: boolean;
      waves?: boolean;
    } = {},
  ): this {
    const entry = this.application.history.find(({ id }) => id === options.to);
    const deployed = this.deployments.find(d => d.historyId === options.to);
    const revision = entry?.revisions[0] ?? this.head.sha;
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
      revisions: [revision],
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
    const deployedAt = this.seconds();
    if (!options.partial) {
      this.historyId += 1;
      this.deployments.push({
        historyId: this.historyId,
        revision,
        at: deployedAt,
        images,
      });
      const history = [
        ...this.application.history,
        {
          id: this.historyId,
          revisions: [revision],
          sources,
          deployStartedAt: startedAt,
          deployedAt,
          initiatedBy,
        },
      ];
      this.change({ history: history.slice(-HISTORY_LIMIT) });
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
      rolledBack: options.to !== undefined,
    });
    return this;
  }

  /** Argo CD applies again what was changed in the cluster: a partial sync without history. */
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

  /** What a full list tells now. */
  listed(): Observation {
    return {
      kind: 'application-observed',
      application: this.application,
      seenAt: this.clock,
    };
  }

  tell(): this {
    this.note('application', this.listed());
    return this;
  }

  protected rollOut(
    images: Record<string, string>,
    { degraded, rolledBack }: { degraded?: boolean; rolledBack: boolean },
  ): void {
    const before = this.application.images;
    const after = references(images);
    const isChange = before.join() !== after.join();
    const sync = {
      status: rolledBack ? ('OutOfSync' as const) : ('Synced' as const),
      revisions: [this.head.sha],
    };
    if (!isChange) {
      this.change({ sync, reconciledAt: this.seconds() });
      return;
    }
    const both = [...new Set([...before, ...after])].sort();
    this.change({
      sync,
      images: both,
      health: this.health('Progressing'),
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
    this.change({
      health: this.health('Healthy'),
      reconciledAt: this.seconds(),
    });
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
        revisions: [this.head.sha],
      },
      ...(health && { health: this.health(health) }),
      reconciledAt: this.seconds(),
    });
  }

  protected health(status: HealthStatus): Application['health'] {
    return { status, lastTransitionTime: this.seconds() };
  }

  protected change(change: Partial<Application>): void {
    this.version += 1;
    this.application = {
      ...this.application,
      ...change,
      resourceVersion: String(this.version),
    };
    this.wait(17);
    this.tell();
  }

  protected note(source: Told['source'], observation: Observation): void {
    this.told.push({ source, observation });
  }

  protected deployment(historyId: number, { sha, images }: Revision): Deployed {
    return { historyId, revision: sha, at: this.seconds(), images };
  }

  protected source(): ApplicationSource {
    return { repoUrl: REPO_URL, path: 'apps/api', targetRevision: 'main' };
  }

  /** Argo CD and Git round down to the second. */
  protected seconds(offset = 0): string {
    const time = Math.floor((this.now + offset) / 1000) * 1000;
    return new Date(time).toISOString().replace('.000Z', 'Z');
  }
}
