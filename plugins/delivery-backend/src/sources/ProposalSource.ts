import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  backoff,
  type ConfigRepositoryHistory,
  FailureLog,
  type HistoryUnavailable,
  type ProposalsFound,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { drain } from '../leadership/drain';
import type { LoopRun } from '../leadership/LoopRun';
import { LoopTask } from '../leadership/LoopTask';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import {
  postponeProposalRead,
  type ProposalRead,
  readDueProposalReads,
  removeProposalReads,
} from '../store/operations/proposalReads';
import { readCurrentPromotions } from '../store/operations/promotions';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { isMergeUnread, mayWaitForMerge } from '../tracker/mergeRequests';
import type { Tracker } from '../tracker/types';
import { Answers } from './Answers';

const CONCURRENCY = 2;
const BATCH = 100;
/** Poll interval for branches that the trackers of all replicas add. */
const LOOK_EVERY_MS = 5000;
/** The Image Updater commits within minutes; people merge within days. */
const AGAIN = { firstMs: 15_000, maxMs: 300_000 };
const RETRY = { firstMs: 30_000, maxMs: 3_600_000 };
/** A request that is open much longer wasn't how the version was committed. */
const MERGE_ATTEMPTS = 10;

/** @internal */
export interface ProposalSourceOptions {
  /** The first that covers a repository is asked. */
  histories: readonly ConfigRepositoryHistory[];
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}

/**
 * Asks Git hosts what waits for a merge, for applications whose updates go to
 * another branch, while they have a version that isn't committed, or whose merge
 * is still to be read. Applications that share a repository and its branches
 * share the answer.
 *
 * @internal
 */
export class ProposalSource extends LoopTask {
  static create(options: ProposalSourceOptions): ProposalSource {
    return new ProposalSource(options);
  }

  private readonly failures: FailureLog;

  private constructor(private readonly options: ProposalSourceOptions) {
    super();
    this.failures = FailureLog.create(options.logger);
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'proposals',
      name: 'Asking Git hosts for what waits for a merge',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database, tracker } = this.options;
    const answers = new Answers<ProposalsFound>();
    await drain({
      run,
      fence,
      limit: pLimit(CONCURRENCY),
      describe: ({ template, repoUrl }) =>
        `Reading the branches ${template} of ${repoUrl}`,
      readDue: async () =>
        tracker.isListing
          ? []
          : readDueProposalReads(database.knex, {
              now: isoNow(),
              limit: BATCH,
            }),
      handle: (read, part) => this.read(read, part, answers),
      postpone: (read, error) =>
        this.store(
          read,
          { kind: 'unavailable', reason: 'unexpected', message: String(error) },
          fence,
        ),
    });
  }

  private async read(
    read: ProposalRead,
    { signal, fence }: { signal: AbortSignal; fence: Fence },
    answers: Answers<ProposalsFound>,
  ): Promise<void> {
    const { database, tracker } = this.options;
    const { ref, repoUrl, base, template } = read;
    if (!(await this.isWanted(read))) {
      await database.transaction(tx => removeProposalReads(tx, [read]), fence);
      return;
    }
    const answer = await answers.of([repoUrl, base, template].join(' '), () =>
      this.ask(read, signal),
    );
    if (answer.kind === 'found') {
      await tracker.observeMergeRequests(
        {
          kind: 'proposals-observed',
          ref,
          repoUrl,
          proposals: answer.proposals,
          seenAt: isoNow(),
        },
        fence,
      );
      this.failures.succeeded(
        repoUrl,
        `What waits for a merge in ${repoUrl} can be read from its Git host again`,
      );
    }
    await this.store(read, answer, fence);
  }

  private async isWanted({
    applicationKey,
    attempts,
  }: ProposalRead): Promise<boolean> {
    const { knex } = this.options.database;
    const current = await readCurrentPromotions(knex, [applicationKey]);
    return (current.get(applicationKey) ?? []).some(
      promotion =>
        mayWaitForMerge(promotion) ||
        (attempts < MERGE_ATTEMPTS && isMergeUnread(promotion)),
    );
  }

  private async ask(
    { repoUrl, base, template }: ProposalRead,
    signal: AbortSignal,
  ): Promise<ProposalsFound> {
    const history = this.options.histories.find(one => one.covers(repoUrl));
    const answer = await history?.proposalsOn?.(
      { repoUrl, base, template },
      { signal },
    );
    return answer ?? { kind: 'unsupported' };
  }

  private async store(
    read: ProposalRead,
    answer: ProposalsFound,
    fence: Fence,
  ): Promise<void> {
    await this.options.database.transaction(
      tx => postponeProposalRead(tx, read, this.outcomeOf(read, answer)),
      fence,
    );
  }

  private outcomeOf(read: ProposalRead, answer: ProposalsFound) {
    const attempts = read.attempts + 1;
    switch (answer.kind) {
      case 'found':
        return { attempts, nextAttemptAt: isoIn(backoff(attempts, AGAIN)) };
      case 'unavailable':
        return this.nextAttempt(read, answer);
      default:
        return { attempts, nextAttemptAt: undefined, reason: answer.kind };
    }
  }

  private nextAttempt(
    { repoUrl, attempts }: ProposalRead,
    { reason, message, retryAt }: HistoryUnavailable,
  ) {
    this.options.metrics?.readFailed('proposals');
    this.failures.failed(
      repoUrl,
      reason,
      `What waits for a merge in ${repoUrl} can't be read from its Git host, so it isn't shown: ${message}`,
    );
    return {
      reason,
      error: message,
      attempts: attempts + 1,
      nextAttemptAt: retryAt ?? isoIn(backoff(attempts + 1, RETRY)),
    };
  }
}
