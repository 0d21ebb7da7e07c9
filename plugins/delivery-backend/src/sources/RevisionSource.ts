import type { LoggerService } from '@backstage/backend-plugin-api';
import type { KnownRevision } from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdClient,
  backoff,
  FailureLog,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  postponeRevisionRequests,
  readDueRevisionRequests,
  type RevisionRequest,
} from '../store/operations/revisionRequests';
import { readRevisions } from '../store/operations/revisions';
import type { Fence } from '../store/fence';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { failureKind } from '../telemetry/failureKind';
import type { Tracker } from '../tracker/types';
import { drain } from '../leadership/drain';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';

/** Reads from Argo CD at the same time. */
const CONCURRENCY = 4;
/** Read ones are stored together, so there are more than that under way. */
const UNDER_WAY = 12;
const BATCH = 200;
/** Poll interval for requests that other replicas wrote. */
const LOOK_EVERY_MS = 5000;
const RETRY = { firstMs: 5000, maxMs: 3_600_000 };
/**
 * Takes about three hours. A revision that can't be resolved by then never will
 * be, such as a rewritten commit.
 */
const MAX_ATTEMPTS = 12;

/** @internal */
export interface RevisionSourceOptions {
  client: ArgoCdClient;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}

/**
 * Reads the metadata of revisions from an Argo CD instance, as the reducer requests
 * them. Each is read once; a failed read is retried a limited number of times.
 * Pending requests are in the database, so that a restart doesn't lose them.
 *
 * @internal
 */
export class RevisionSource extends LoopTask {
  static create(options: RevisionSourceOptions): RevisionSource {
    return new RevisionSource(options);
  }

  private readonly failures: FailureLog;
  private readonly reading = pLimit(CONCURRENCY);

  private constructor(private readonly options: RevisionSourceOptions) {
    super();
    this.failures = FailureLog.create(options.logger);
  }

  protected loopOptions() {
    const { client, logger, metrics } = this.options;
    return {
      task: 'revisions',
      name: `Reading revisions from Argo CD '${client.instance}'`,
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { client, database, tracker } = this.options;
    let known = new Map<string, KnownRevision>();
    await drain({
      run,
      fence,
      limit: pLimit(UNDER_WAY),
      describe: ({ repoUrl, revision }) => `Revision ${revision} of ${repoUrl}`,
      readDue: async () => {
        if (tracker.isListing) {
          return [];
        }
        const due = await readDueRevisionRequests(database.knex, {
          instance: client.instance,
          now: isoNow(),
          limit: BATCH,
        });
        const revisions = due.map(({ revision }) => revision);
        known = new Map(
          (await readRevisions(database.knex, revisions)).map(one => [
            idOf(one),
            one,
          ]),
        );
        return due;
      },
      handle: (request, part) =>
        this.resolve(request, known.get(idOf(request)), part),
      postpone: (request, error) => this.postpone(request, error, fence),
    });
  }

  private async resolve(
    request: RevisionRequest,
    known: KnownRevision | undefined,
    { signal, fence }: { signal: AbortSignal; fence: Fence },
  ): Promise<void> {
    const { tracker, client } = this.options;
    const { repoUrl, revision } = request;
    const metadata =
      known ??
      (await this.reading(() =>
        client.getRevisionMetadata(request.ref, revision, {
          project: request.project,
          sourceIndex: request.sourceIndex,
          historyId: request.historyId,
          signal,
        }),
      ));
    await tracker.observeRevision(
      {
        kind: 'revision-resolved',
        repoUrl,
        revision,
        author: metadata.author,
        date: metadata.date,
        message: metadata.message,
        seenAt: isoNow(),
      },
      fence,
    );
    this.failures.succeeded(
      repoUrl,
      `Revisions of the repository of ${request.ref.name} in Argo CD '${client.instance}' can be read again`,
    );
  }

  private async postpone(
    request: RevisionRequest,
    error: unknown,
    fence: Fence,
  ): Promise<void> {
    const { client, database, metrics } = this.options;
    const { instance } = client;
    const attempts = request.attempts + 1;
    metrics?.readFailed('revisions', instance);
    this.failures.failed(
      request.repoUrl,
      failureKind(error),
      `Revision ${request.revision} can't be read through the application ${request.ref.name} of Argo CD '${instance}': ${error}`,
    );
    await database.transaction(
      tx =>
        postponeRevisionRequests(tx, request, {
          attempts,
          nextAttemptAt:
            attempts < MAX_ATTEMPTS
              ? isoIn(backoff(attempts, RETRY))
              : undefined,
          error: String(error),
        }),
      fence,
    );
  }
}

function idOf({
  repoUrl,
  revision,
}: Pick<KnownRevision, 'repoUrl' | 'revision'>): string {
  return JSON.stringify([repoUrl, revision]);
}
