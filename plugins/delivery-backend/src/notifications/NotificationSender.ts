import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { backoff } from '@landfall/backstage-plugin-delivery-node';
import {
  environmentOf,
  type EnvironmentRule,
} from '@landfall/backstage-plugin-delivery-common';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { findApplications } from '../store/operations/readApplications';
import { type Fence, FencedError } from '../store/fence';
import {
  postponeNotification,
  readDueNotifications,
  removeFromNotificationOutbox,
  type PendingNotification,
} from '../store/operations/notificationOutbox';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { OwningEntities } from './OwningEntities';
import { toNotification } from './toNotification';

const LOOK_EVERY_MS = 2000;
const BATCH = 50;
const RETRY = { firstMs: 5000, maxMs: 300_000 };
/** Older notifications are no longer sent. */
const MAX_AGE_MS = 3_600_000;

/** @internal */
export interface NotificationSenderOptions {
  database: DeliveryDatabase;
  notifications: NotificationService;
  entities: Pick<OwningEntities, 'of'>;
  environments: EnvironmentRule[];
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}

/**
 * Notifies the owners of applications of failed and recovered promotions. As a
 * leader task, it sends each notification once, unless the replica dies right
 * after sending. The notification is then sent again and replaces the first.
 *
 * @internal
 */
export class NotificationSender extends LoopTask {
  static create(options: NotificationSenderOptions): NotificationSender {
    return new NotificationSender(options);
  }

  private constructor(private readonly options: NotificationSenderOptions) {
    super();
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'notifications',
      name: 'Notifying owners',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { knex } = this.options.database;
    const due = await readDueNotifications(knex, {
      now: isoNow(),
      limit: BATCH,
    });
    for (const waiting of due) {
      if (run.signal.aborted) {
        return;
      }
      await this.sendOrPostpone(waiting, fence);
      run.progress();
    }
  }

  private async sendOrPostpone(
    waiting: PendingNotification,
    fence: Fence,
  ): Promise<void> {
    const { database, logger } = this.options;
    const { id, createdAt } = waiting;
    try {
      if (createdAt >= isoIn(-MAX_AGE_MS)) {
        await this.send(waiting, fence);
      }
    } catch (error) {
      if (error instanceof FencedError) {
        throw error;
      }
      const attempts = waiting.attempts + 1;
      if (attempts === 1) {
        logger.warn(
          `Couldn't notify the owners of ${waiting.notice.promotion.application.name}. Retrying later: ${error}`,
        );
      }
      await database.transaction(
        tx =>
          postponeNotification(tx, id, {
            attempts,
            nextAttemptAt: isoIn(backoff(attempts, RETRY)),
          }),
        fence,
      );
      return;
    }
    await database.transaction(
      tx => removeFromNotificationOutbox(tx, id),
      fence,
    );
  }

  private async send(
    { notice }: PendingNotification,
    fence: Fence,
  ): Promise<void> {
    const { database, notifications, entities, environments } = this.options;
    const { instance, namespace, name } = notice.promotion.application;
    // Read with the fence: a replica that stalled must not send what its
    // successor has already sent.
    const [found] = await database.transaction(
      tx =>
        findApplications(tx, {
          instances: [instance],
          namespace,
          names: [name],
        }),
      fence,
    );
    if (!found) {
      return;
    }
    const owners = await entities.of(found.application);
    if (owners.length > 0) {
      await notifications.send(
        toNotification(notice, {
          entities: owners,
          environment: environmentOf(found.application, environments),
        }),
      );
    }
  }
}
