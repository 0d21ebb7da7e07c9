import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClaimIndex,
  type ClaimRules,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { LoopRun } from '../leadership/LoopRun';
import { LoopTask } from '../leadership/LoopTask';
import { findClaimed } from '../service/claimedApplications';
import type { ApplicationSettings } from '../service/deployments';
import { VersionLists } from '../service/VersionLists';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import {
  deleteSummaries,
  saveSummaries,
} from '../store/operations/applicationSummaries';
import { keepApplications } from '../store/operations/lockApplications';
import {
  replaceApplicationsOfService,
  replaceServicesOfApplications,
} from '../store/operations/serviceApplications';
import {
  type DueService,
  readClaims,
  readDueServices,
} from '../store/operations/services';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { bumpVersions, readVersion } from '../store/operations/storeVersions';
import {
  readDueSummaryRequests,
  requestAllSummaries,
  settleSummaryRequests,
  type SummaryRequest,
} from '../store/operations/summaryRequests';
import { bucketsOf, scopes } from '../store/scopes';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { FLEET_KEY } from './fleetKey';
import { noticeStuck } from './noticeStuck';
import type { UpdateSettings } from './readUpdates';
import {
  type IndexedApplications,
  summarizeApplications,
} from './summarizeApplications';

const LOOK_EVERY_MS = 1000;
/** Services that are read together. */
const SERVICES = 50;
/** Applications in one transaction. */
const APPLICATIONS = 200;
/** What a promotion waits for changes when it is overdue, or a sync window opens. */
const TIMED_MS = 30_000;
/** Replicas of an earlier release, during an update, make no requests. */
const ALL_EVERY_MS = 3_600_000;
/** Of all of them: about a tenth of a processor's time, also while a portal starts. */
const ALL_PER_SECOND = 100;

/** @internal */
export interface FleetIndexerOptions {
  database: DeliveryDatabase;
  /** While it writes a whole list, no application is summarized. */
  tracker: Pick<Tracker, 'isListing'>;
  rules: ClaimRules;
  settings: ApplicationSettings & UpdateSettings;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  /** The signal outbox has new entries. */
  signalsAdded?: () => void;
}

/**
 * Keeps the index of the fleet up to date: which service has which application, and
 * what the fleet page shows of each application. Trackers request what changed, and
 * the read of the catalog marks services whose annotations changed.
 *
 * As a leader task, it is the only writer of the index, so that what follows from a
 * changed service and from a changed application can't overwrite each other.
 *
 * @internal
 */
export class FleetIndexer extends LoopTask {
  static create(options: FleetIndexerOptions): FleetIndexer {
    return new FleetIndexer(options);
  }

  private allRequestedAt = -Infinity;
  private claims?: { version: string; index: ClaimIndex };

  private readonly versionLists: VersionLists;

  private constructor(private readonly options: FleetIndexerOptions) {
    super();
    this.versionLists = VersionLists.create(options.metrics);
  }

  override start(fence: Fence): void {
    // The configuration may have changed since the last leader.
    this.allRequestedAt = -Infinity;
    super.start(fence);
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'fleet',
      name: 'Indexing the fleet',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database } = this.options;
    if (performance.now() - this.allRequestedAt > ALL_EVERY_MS) {
      const at = performance.now();
      await database.transaction(
        tx =>
          requestAllSummaries(tx, {
            now: isoNow(),
            perSecond: ALL_PER_SECOND,
          }),
        fence,
      );
      this.allRequestedAt = at;
    }
    await this.indexServices(run, fence);
    await this.indexApplications(run, fence);
  }

  private async indexServices(run: LoopRun, fence: Fence): Promise<void> {
    const { knex } = this.options.database;
    while (!run.signal.aborted) {
      const due = await readDueServices(knex, SERVICES);
      for (const service of due) {
        if (run.signal.aborted) {
          return;
        }
        await this.indexService(service, fence);
        run.progress();
      }
      if (due.length < SERVICES) {
        return;
      }
    }
  }

  private async indexService(service: DueService, fence: Fence): Promise<void> {
    const { rules } = this.options;
    await this.commit(fence, async tx => {
      const { claimed } = await findClaimed(tx, service.claim, rules);
      return replaceApplicationsOfService(
        tx,
        service,
        claimed.flatMap(({ key, verdict }) => (verdict.shown ? [key] : [])),
      );
    });
  }

  private async indexApplications(run: LoopRun, fence: Fence): Promise<void> {
    const { database, tracker } = this.options;
    const { knex } = database;
    while (!run.signal.aborted && !tracker.isListing) {
      const due = await readDueSummaryRequests(knex, {
        now: isoNow(),
        limit: APPLICATIONS,
      });
      if (due.length > 0) {
        const indexed = await this.summarize(due);
        await this.commit(fence, tx => store(tx, due, indexed));
        run.progress();
      }
      if (due.length < APPLICATIONS) {
        return;
      }
    }
  }

  private async summarize(
    due: readonly SummaryRequest[],
  ): Promise<IndexedApplications> {
    const { database, settings, logger } = this.options;
    const claims = await this.readClaimIndex();
    const signalKeys = await database.signalKeys();
    return database.snapshot(async knex =>
      summarizeApplications(
        {
          knex,
          signalKeys,
          now: new Date(),
          dependsOn: () => {},
          dependsOnTime: () => {},
        },
        due.map(({ applicationKey }) => applicationKey),
        {
          claims,
          settings,
          versionLists: this.versionLists,
          onFailure: (name, error) =>
            logger.error(
              `Couldn't summarize the application ${name} for the fleet page: ${error}`,
            ),
        },
      ),
    );
  }

  private async readClaimIndex(): Promise<ClaimIndex> {
    const { database, rules } = this.options;
    const { version, claims } = await database.snapshot(async knex => {
      const current = await readVersion(knex, bucketsOf([scopes.services]));
      return {
        version: current,
        claims:
          current === this.claims?.version ? undefined : await readClaims(knex),
      };
    });
    const index = claims
      ? ClaimIndex.create(claims, rules)
      : this.claims?.index ?? ClaimIndex.create([], rules);
    this.claims = { version, index };
    return index;
  }

  /** @param work - resolves with whether pages show something else afterwards */
  private async commit(
    fence: Fence,
    work: (tx: Knex.Transaction) => Promise<boolean>,
  ): Promise<void> {
    const { database, signalsAdded } = this.options;
    const hasChanged = await database.transaction(async tx => {
      const changed = await work(tx);
      if (changed) {
        await addToSignalOutbox(tx, {
          keys: [FLEET_KEY],
          appeared: false,
          instances: false,
        });
        await bumpVersions(tx, [scopes.fleet]);
      }
      return changed;
    }, fence);
    if (hasChanged) {
      signalsAdded?.();
    }
  }
}

async function store(
  tx: Knex.Transaction,
  due: readonly SummaryRequest[],
  { summaries, services, gone, timed, stuck }: IndexedApplications,
): Promise<boolean> {
  const kept = await keepApplications(
    tx,
    due.map(({ applicationKey }) => applicationKey),
  );
  await noticeStuck(
    tx,
    stuck.filter(({ applicationKey }) => kept.has(applicationKey)),
  );
  const linked = await replaceServicesOfApplications(tx, services);
  const saved = await saveSummaries(
    tx,
    summaries.filter(({ applicationKey }) => kept.has(applicationKey)),
  );
  const deleted = await deleteSummaries(tx, gone);
  await settleSummaryRequests(tx, due, { keys: timed, at: isoIn(TIMED_MS) });
  return linked || saved || deleted;
}
