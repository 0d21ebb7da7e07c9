import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationRef,
  ApplicationSource,
  HealthStatus,
  Observation,
} from '@landfall/backstage-plugin-delivery-common';
import { hex, references } from './references';

/**
 * An observation with the source that reported it. Each source keeps its own
 * order.
 *
 * @public
 */
export interface SimulatedObservation {
  source: 'application' | 'registry' | 'revisions' | 'history' | 'requests';
  observation: Observation;
}

/** A commit of the configuration repository. @public */
export interface Revision {
  sha: string;
  /** The images in the repository at this revision. */
  images: Record<string, string>;
  author: string;
  date: string;
  message: string;
  /** Whether it changed files of the application. */
  touches: boolean;
}

/** A successful sync, as Argo CD's history has it. @public */
export interface Deployed {
  historyId: number;
  revision: string;
  at: string;
  images: Record<string, string>;
}

/** @public */
export interface SimulationOptions {
  images: Record<string, string>;
  annotations?: Record<string, string>;
  automatedSync?: boolean;
  /** The chart comes from a chart repository, and the second source holds the values. */
  multiSource?: boolean;
  /** The Git host is asked for the commits between two heads. */
  history?: boolean;
  startAt?: string;
}

export const HUMAN = 'Jo Doe <jo@example.com>';
export const REPO_URL = 'https://git.example.com/shop/deploy.git';
const CHART: ApplicationSource = {
  repoUrl: 'https://charts.example.com',
  chart: 'service',
  targetRevision: '2.3.1',
};
const HISTORY_LIMIT = 10;

/**
 * One application of an Argo CD: the clock, its actual state, and what is
 * reported about it.
 *
 * @public
 */
export class SimulatedApplication {
  static readonly ref: ApplicationRef = {
    instance: 'main',
    namespace: 'argocd',
    name: 'api-dev',
  };

  readonly observations: SimulatedObservation[] = [];
  /** Every successful, full sync. */
  readonly deployments: Deployed[] = [];
  protected now: number;
  protected head: Revision;
  protected application: Application;
  /** Every revision, oldest first. */
  readonly revised: Revision[] = [];
  private readonly multiSource: boolean;
  private readonly history: boolean;
  private revisionCount = 0;
  private version = 0;

  constructor(options: SimulationOptions) {
    this.multiSource = options.multiSource ?? false;
    this.history = options.history ?? false;
    this.now = Date.parse(options.startAt ?? '2026-01-01T12:00:00.250Z');
    this.head = this.revise(options.images, HUMAN, 'Add api');
    this.now += 5_000;
    const history = this.deploy(this.head, {
      startedAt: this.seconds(-1_000),
      sources: this.sources(),
      initiatedBy: { automated: true },
    });
    this.application = {
      ref: SimulatedApplication.ref,
      uid: 'uid-1',
      project: 'shop',
      labels: {},
      annotations: options.annotations ?? {},
      destination: { namespace: 'dev' },
      sources: this.sources(),
      automatedSync: options.automatedSync ?? true,
      sync: { status: 'Synced', revisions: this.revisionsAt(this.head.sha) },
      health: { status: 'Healthy', lastTransitionTime: this.seconds(3_000) },
      images: references(options.images),
      externalUrls: [],
      history,
      operation: {
        phase: 'Succeeded',
        startedAt: this.seconds(-1_000),
        finishedAt: this.seconds(),
        dryRun: false,
        partial: false,
        revisions: this.revisionsAt(this.head.sha),
        images: references(options.images),
        initiatedBy: { automated: true },
      },
      conditions: [],
      resources: { total: 2, outOfSync: 0, unwell: [] },
      reconciledAt: this.seconds(4_000),
    };
    this.wait(60_000);
    this.report();
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

  /** What a full list reports now. */
  listed(): Observation {
    return {
      kind: 'application-observed',
      application: this.application,
      seenAt: this.clock,
    };
  }

  report(): this {
    this.note('application', this.listed());
    return this;
  }

  protected revise(
    images: Record<string, string>,
    author: string,
    message: string,
    touches = true,
  ): Revision {
    const sha = hex(`revision ${this.revisionCount}`).slice(0, 40);
    this.revisionCount += 1;
    const date = this.seconds();
    const revision = { sha, images, author, date, message, touches };
    this.revised.push(revision);
    return revision;
  }

  /**
   * Records a successful, full sync, and returns the history with its entry.
   */
  protected deploy(
    { sha, images }: Pick<Revision, 'sha' | 'images'>,
    {
      startedAt,
      ...entry
    }: Pick<ApplicationHistoryEntry, 'sources' | 'initiatedBy'> & {
      startedAt: string;
    },
  ): ApplicationHistoryEntry[] {
    const historyId = this.deployments.length;
    const deployedAt = this.seconds();
    this.deployments.push({ historyId, revision: sha, at: deployedAt, images });
    return [
      ...(this.application?.history ?? []),
      {
        id: historyId,
        revisions: this.revisionsAt(sha),
        deployStartedAt: startedAt,
        deployedAt,
        ...entry,
      },
    ].slice(-HISTORY_LIMIT);
  }

  protected change(change: Partial<Application>): void {
    this.version += 1;
    const former = this.application.sync.revisions.at(-1);
    this.application = {
      ...this.application,
      ...change,
      resourceVersion: String(this.version),
    };
    this.wait(17);
    this.report();
    const revision = this.application.sync.revisions.at(-1);
    if (this.history && former && revision && former !== revision) {
      this.reportCommits(former, revision);
    }
  }

  /** The Git host's answer about the commits between two heads. */
  private reportCommits(from: string, to: string): void {
    const position = (sha: string) =>
      this.revised.findIndex(revision => revision.sha === sha);
    this.note('history', {
      kind: 'commits-resolved',
      ref: SimulatedApplication.ref,
      repoUrl: REPO_URL,
      from,
      to,
      commits: this.revised
        .slice(position(from) + 1, position(to) + 1)
        .filter(({ touches }) => touches)
        .map(({ sha, author, date, message }) => ({
          revision: sha,
          author,
          date,
          message,
        })),
      seenAt: this.clock,
    });
  }

  protected note(
    source: SimulatedObservation['source'],
    observation: Observation,
  ): void {
    this.observations.push({ source, observation });
  }

  protected sources(
    helmParameters?: ApplicationSource['helmParameters'],
  ): ApplicationSource[] {
    const source = {
      repoUrl: REPO_URL,
      path: 'apps/api',
      targetRevision: 'main',
    };
    return this.multiSource
      ? [{ ...CHART, ...(helmParameters && { helmParameters }) }, source]
      : [{ ...source, ...(helmParameters && { helmParameters }) }];
  }

  /** One revision per source; a chart's is its version. */
  protected revisionsAt(sha: string): string[] {
    return this.multiSource ? [CHART.targetRevision ?? '', sha] : [sha];
  }

  protected health(status: HealthStatus): Application['health'] {
    return { status, lastTransitionTime: this.seconds() };
  }

  /** Argo CD and Git round down to the second. */
  protected seconds(offset = 0): string {
    const time = Math.floor((this.now + offset) / 1000) * 1000;
    return new Date(time).toISOString().replace('.000Z', 'Z');
  }
}
