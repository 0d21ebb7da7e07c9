import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
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
import type { Duty } from './Leader';
import { Loop } from './Loop';

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
export class RevisionSource implements Duty {
  static create(options: {
    client: ArgoCdClient;
    database: DeliveryDatabase;
    tracker: Tracker;
    logger: LoggerService;
  }): RevisionSource {
    return new RevisionSource(options);
  }

  private loop?: Loop;

  private constructor(
    private readonly options: Parameters<typeof RevisionSource.create>[0],
  ) {}

  start(): void {
    const { client, logger } = this.options;
    this.loop = Loop.start({
      name: `Asking Argo CD '${client.instance}' for revisions`,
      logger,
      delay: () => LOOK_EVERY_MS,
      run: signal => this.answerDue(signal),
    });
  }

  async stop(): Promise<void> {
    const { loop } = this;
    this.loop = undefined;
    await loop?.stop();
  }

  /** New revisions are wanted. */
  kick(): void {
    this.loop?.kick();
  }

  private async answerDue(signal: AbortSignal): Promise<void> {
    const limit = pLimit(CONCURRENCY);
    while (!signal.aborted) {
      const due = await readDueRevisionRequests(this.options.database.knex, {
        instance: this.options.client.instance,
        now: isoNow(),
        limit: BATCH,
      });
      if (due.length === 0) {
        return;
      }
      await Promise.all(
        due.map(request =>
          limit(async () => {
            if (!signal.aborted) {
              await this.answer(request, signal);
            }
          }),
        ),
      );
    }
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
