import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  postponeRevisionRequests,
  readDueRevisionRequests,
  type RevisionRequest,
} from '../store/operations/revisions/revisionRequests';
import { readRevisions } from '../store/operations/revisions/revisions';
import { isoIn, isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';
import { backoff } from './backoff';
import { drain } from './drain';
import { LoopDuty } from './LoopDuty';

const CONCURRENCY = 4;
const BATCH = 200;
/** Wishes that another replica's tracker wrote are found after this time at the latest. */
const LOOK_EVERY_MS = 5000;
const RETRY = { firstMs: 5000, maxMs: 3_600_000 };

/**
 * Asks an Argo CD instance for the metadata of the revisions that the reducer
 * wants: each once, and again later where it failed. What is still wanted is in
 * the database, so that nothing is forgotten in a restart.
 *
 * @internal
 */
export class RevisionSource extends LoopDuty {
  static create(options: {
    client: ArgoCdClient;
    database: DeliveryDatabase;
    tracker: Tracker;
    logger: LoggerService;
  }): RevisionSource {
    return new RevisionSource(options);
  }

  private constructor(
    private readonly options: Parameters<typeof RevisionSource.create>[0],
  ) {
    super();
  }

  protected loopOptions() {
    const { client, logger } = this.options;
    return {
      name: `Asking Argo CD '${client.instance}' for revisions`,
      logger,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { client, database, tracker } = this.options;
    await drain({
      signal,
      concurrency: CONCURRENCY,
      readDue: async () =>
        tracker.isListing
          ? []
          : readDueRevisionRequests(database.knex, {
              instance: client.instance,
              now: isoNow(),
              limit: BATCH,
            }),
      handle: request => this.answer(request, signal),
    });
  }

  private async answer(
    request: RevisionRequest,
    signal: AbortSignal,
  ): Promise<void> {
    const { tracker, client, database, logger } = this.options;
    const { repoUrl, revision } = request;
    try {
      const known = (await readRevisions(database.knex, [revision])).find(
        candidate => candidate.repoUrl === repoUrl,
      );
      const metadata =
        known ??
        (await client.getRevisionMetadata(request.ref, revision, {
          project: request.project,
          sourceIndex: request.sourceIndex,
          historyId: request.historyId,
          signal,
        }));
      await tracker.observeRevision({
        kind: 'revision-resolved',
        repoUrl,
        revision,
        author: metadata.author,
        date: metadata.date,
        message: metadata.message,
        seenAt: isoNow(),
      });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      const attempts = request.attempts + 1;
      logger.debug(
        `Revision ${revision} of ${repoUrl} isn't known to Argo CD '${client.instance}' (attempt ${attempts}): ${error}`,
      );
      await postponeRevisionRequests(database.knex, request, {
        attempts,
        nextAttemptAt: isoIn(backoff(attempts, RETRY)),
        error: String(error),
      });
    }
  }
}
