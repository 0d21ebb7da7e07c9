import type { LoggerService } from '@backstage/backend-plugin-api';
import { settleAction } from '@landfall/backstage-plugin-delivery-common';
import type { LoopRun } from '../../leadership/LoopRun';
import { LoopTask } from '../../leadership/LoopTask';
import { applicationKey } from '../../store/applicationKey';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import type { Fence } from '../../store/fence';
import {
  changeAction,
  readDueActions,
  type StoredAction,
} from '../../store/operations/actions';
import { findApplications } from '../../store/operations/readApplications';
import { isoNow } from '../../store/time';
import type { DeliveryMetrics } from '../../telemetry/DeliveryMetrics';
import type { ChangeFollower } from '../versionChanges/ChangeFollower';
import { ActionLog } from './ActionLog';

const LOOK_EVERY_MS = 1000;
const BATCH = 100;

/** @internal */
export interface ActionSettlerOptions {
  database: DeliveryDatabase;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  /** Looks what became of changes in Git; without it, nobody does. */
  changes?: ChangeFollower;
  /** The signal outbox has new entries. */
  signalsAdded?: () => void;
}

/**
 * Looks what became of actions whose result the watch doesn't show by itself: those
 * that Argo CD keeps no id of, those whose answer was lost, and those that nobody
 * approved. It sends nothing.
 *
 * @internal
 */
export class ActionSettler extends LoopTask {
  static create(options: ActionSettlerOptions): ActionSettler {
    return new ActionSettler(options);
  }

  private readonly log: ActionLog;

  private constructor(private readonly options: ActionSettlerOptions) {
    super();
    const { database, signalsAdded = () => {} } = options;
    this.log = new ActionLog({ database, signalsAdded });
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'actions',
      name: 'Looking what became of actions',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database } = this.options;
    const due = await readDueActions(database.knex, {
      now: isoNow(),
      limit: BATCH,
    });
    for (const action of due) {
      if (run.signal.aborted) {
        return;
      }
      await this.settle(action, fence, run.signal);
      run.progress();
    }
  }

  private async settle(
    action: StoredAction,
    fence: Fence,
    signal: AbortSignal,
  ): Promise<void> {
    const { record, trace } = action;
    const { changes } = this.options;
    const [stored] = await findApplications(this.options.database.knex, {
      keys: [applicationKey(record.application)],
    });
    const settled = changes?.follows(action)
      ? await changes.settle(action, stored?.application, signal)
      : settleAction(record, trace, stored?.application, new Date());
    const key = applicationKey(record.application);
    await this.log.write(async tx => {
      const isStored = await changeAction(tx, {
        ...settled,
        from: [record.state],
      });
      // Pages learn of changes, and not of every look.
      const isNews = isStored && settled.record !== record;
      return { changed: isNews ? [key] : [], result: undefined };
    }, fence);
  }
}
