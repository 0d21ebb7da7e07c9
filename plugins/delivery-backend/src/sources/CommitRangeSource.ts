import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  backoff,
  type CommitsBetween,
  type ConfigRepositoryHistory,
  FailureLog,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import {
  type CommitRange,
  postponeCommitRange,
  readDueCommitRanges,
} from '../store/operations/commitRanges';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { drain } from '../leadership/drain';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';

const CONCURRENCY = 2;
const BATCH = 100;
/** Poll interval for ranges that the trackers of all replicas add. */
const LOOK_EVERY_MS = 5000;
const RETRY = { firstMs: 15_000, maxMs: 3_600_000 };
/** Takes about six hours. */
const MAX_ATTEMPTS = 12;

/** @internal */
export interface CommitRangeSourceOptions {
  /** The first that covers a repository is asked. */
  histories: readonly ConfigRepositoryHistory[];
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}

/**
 * Asks Git hosts for the commits between two revisions, as the reducer requests
 * them. Answers are kept, so each range is asked once, also across restarts.
 * Without an answer, promotions name the revision that contains their change.
 *
 * @internal
 */
export class CommitRangeSource extends LoopTask {
  static create(options: CommitRangeSourceOptions): CommitRangeSource {
    return new CommitRangeSource(options);
  }

  private readonly failures: FailureLog;

  private constructor(private readonly options: CommitRangeSourceOptions) {
    super();
    this.failures = FailureLog.create(options.logger);
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'commit-ranges',
      name: 'Asking Git hosts for commits',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database, tracker } = this.options;
    await drain({
      run,
      fence,
      limit: pLimit(CONCURRENCY),
      describe: ({ from, to, repoUrl }) => `${from}..${to} of ${repoUrl}`,
      readDue: async () =>
        tracker.isListing
          ? []
          : readDueCommitRanges(database.knex, { now: isoNow(), limit: BATCH }),
      handle: (range, part) => this.resolve(range, part),
      postpone: (range, error) =>
        this.store(range, toUnavailable(error), fence),
    });
  }

  private async resolve(
    range: CommitRange,
    { signal, fence }: { signal: AbortSignal; fence: Fence },
  ): Promise<void> {
    const { histories, tracker } = this.options;
    const { ref, repoUrl, from, to, paths } = range;
    const history = histories.find(one => one.covers(repoUrl));
    const answer: CommitsBetween = history
      ? await history.commitsBetween({ repoUrl, from, to, paths }, { signal })
      : { kind: 'contained', reason: 'unsupported' };
    if (answer.kind !== 'exact') {
      await this.store(range, answer, fence);
      return;
    }
    await tracker.observeCommits(
      {
        kind: 'commits-resolved',
        ref,
        repoUrl,
        from,
        to,
        commits: answer.commits,
        seenAt: isoNow(),
      },
      fence,
    );
    this.failures.succeeded(
      repoUrl,
      `The commits of ${repoUrl} can be read from its Git host again`,
    );
  }

  private async store(
    range: CommitRange,
    answer: Exclude<CommitsBetween, { kind: 'exact' }>,
    fence: Fence,
  ): Promise<void> {
    const { database } = this.options;
    await database.transaction(
      tx =>
        postponeCommitRange(tx, range, {
          reason: answer.reason,
          ...(answer.kind === 'contained'
            ? { attempts: range.attempts, nextAttemptAt: undefined }
            : this.nextAttempt(range, answer)),
        }),
      fence,
    );
  }

  private nextAttempt(
    { repoUrl, attempts }: CommitRange,
    answer: Extract<CommitsBetween, { kind: 'unavailable' }>,
  ) {
    const { reason, message, retryAt } = answer;
    this.options.metrics?.readFailed('commit-ranges');
    this.failures.failed(
      repoUrl,
      reason,
      `The commits of ${repoUrl} can't be read from its Git host, so promotions name the revisions that contain their changes: ${message}`,
    );
    // The host named a time: waiting for it is no failed attempt.
    if (retryAt) {
      return { attempts, nextAttemptAt: retryAt, error: message };
    }
    const failed = attempts + 1;
    return {
      attempts: failed,
      nextAttemptAt:
        failed < MAX_ATTEMPTS ? isoIn(backoff(failed, RETRY)) : undefined,
      error: message,
    };
  }
}

function toUnavailable(
  error: unknown,
): Extract<CommitsBetween, { kind: 'unavailable' }> {
  return { kind: 'unavailable', reason: 'unexpected', message: String(error) };
}
