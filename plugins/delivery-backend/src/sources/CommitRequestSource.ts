import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  backoff,
  type ConfigRepositoryHistory,
  FailureLog,
  type HistoryUnavailable,
  type RequestOfCommit,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { drain } from '../leadership/drain';
import type { LoopRun } from '../leadership/LoopRun';
import { LoopTask } from '../leadership/LoopTask';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import {
  type CommitRequest,
  postponeCommitRequest,
  readDueCommitRequests,
} from '../store/operations/commitRequests';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { Answers } from './Answers';

const CONCURRENCY = 2;
const BATCH = 100;
/** Poll interval for commits that the trackers of all replicas add. */
const LOOK_EVERY_MS = 5000;
const RETRY = { firstMs: 30_000, maxMs: 3_600_000 };
/** Takes about seven hours. */
const MAX_ATTEMPTS = 12;

/** @internal */
export interface CommitRequestSourceOptions {
  /** The first that covers a repository is asked. */
  histories: readonly ConfigRepositoryHistory[];
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}

/**
 * Asks Git hosts for the merge requests of the commits that promotions name.
 * Each commit is asked about once, also across restarts; again only while its
 * request isn't merged. Without an answer, promotions show the commit alone.
 *
 * @internal
 */
export class CommitRequestSource extends LoopTask {
  static create(options: CommitRequestSourceOptions): CommitRequestSource {
    return new CommitRequestSource(options);
  }

  private readonly failures: FailureLog;

  private constructor(private readonly options: CommitRequestSourceOptions) {
    super();
    this.failures = FailureLog.create(options.logger);
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'commit-requests',
      name: 'Asking Git hosts for merge requests of commits',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database, tracker } = this.options;
    const answers = new Answers<RequestOfCommit>();
    await drain({
      run,
      fence,
      limit: pLimit(CONCURRENCY),
      describe: ({ revision, repoUrl }) =>
        `The merge request of ${revision} in ${repoUrl}`,
      readDue: async () =>
        tracker.isListing
          ? []
          : readDueCommitRequests(database.knex, {
              now: isoNow(),
              limit: BATCH,
            }),
      handle: async (commit, part) => {
        const answer = await answers.of(
          `${commit.revision} ${commit.repoUrl}`,
          () => this.ask(commit, part.signal),
        );
        await this.take(commit, answer, part.fence);
      },
      postpone: (commit, error) =>
        this.store(
          commit,
          { kind: 'unavailable', reason: 'unexpected', message: String(error) },
          fence,
        ),
    });
  }

  private async ask(
    { repoUrl, revision }: CommitRequest,
    signal: AbortSignal,
  ): Promise<RequestOfCommit> {
    const history = this.options.histories.find(one => one.covers(repoUrl));
    const answer = await history?.requestOf?.(
      { repoUrl, revision },
      { signal },
    );
    return answer ?? { kind: 'unsupported' };
  }

  private async take(
    commit: CommitRequest,
    answer: RequestOfCommit,
    fence: Fence,
  ): Promise<void> {
    const { ref, repoUrl, revision } = commit;
    if (answer.kind === 'found') {
      await this.options.tracker.observeMergeRequests(
        {
          kind: 'commit-request-observed',
          ref,
          repoUrl,
          revision,
          request: answer.request,
          seenAt: isoNow(),
        },
        fence,
      );
      this.failures.succeeded(
        repoUrl,
        `The merge requests of ${repoUrl} can be read from its Git host again`,
      );
    }
    await this.store(commit, answer, fence);
  }

  private async store(
    commit: CommitRequest,
    answer: RequestOfCommit,
    fence: Fence,
  ): Promise<void> {
    await this.options.database.transaction(
      tx => postponeCommitRequest(tx, commit, this.outcomeOf(commit, answer)),
      fence,
    );
  }

  private outcomeOf(commit: CommitRequest, answer: RequestOfCommit) {
    const { attempts } = commit;
    switch (answer.kind) {
      case 'unavailable':
        return this.nextAttempt(commit, answer);
      case 'found': {
        const { state } = answer.request;
        return {
          reason: state,
          attempts: attempts + 1,
          // What Argo CD was compared with is merged soon, if not yet.
          nextAttemptAt: state === 'open' ? later(attempts + 1) : undefined,
        };
      }
      default:
        return { reason: answer.kind, attempts, nextAttemptAt: undefined };
    }
  }

  private nextAttempt(
    { repoUrl, attempts }: CommitRequest,
    { reason, message, retryAt }: HistoryUnavailable,
  ) {
    this.options.metrics?.readFailed('commit-requests');
    this.failures.failed(
      repoUrl,
      reason,
      `The merge requests of ${repoUrl} can't be read from its Git host, so promotions show commits without them: ${message}`,
    );
    // The host named a time: waiting for it is no failed attempt.
    return retryAt
      ? { reason, error: message, attempts, nextAttemptAt: retryAt }
      : {
          reason,
          error: message,
          attempts: attempts + 1,
          nextAttemptAt: later(attempts + 1),
        };
  }
}

/** Undefined after the last attempt. */
function later(attempts: number): string | undefined {
  return attempts < MAX_ATTEMPTS ? isoIn(backoff(attempts, RETRY)) : undefined;
}
