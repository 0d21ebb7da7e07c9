import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  environmentOf,
  type EnvironmentRule,
} from '@landfall/backstage-plugin-delivery-common';
import { backoff } from '../sources/backoff';
import { LoopDuty } from '../sources/LoopDuty';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { findApplications } from '../store/operations/applications/readApplications';
import {
  postponeNotice,
  readDueNotices,
  removeNotice,
  type WaitingNotice,
} from '../store/operations/notices/notices';
import { isoIn, isoNow } from '../store/time';
import type { OwningEntities } from './OwningEntities';
import { toNotification } from './toNotification';

const LOOK_EVERY_MS = 2000;
const BATCH = 50;
const RETRY = { firstMs: 5000, maxMs: 300_000 };
/** What could not be sent for so long is no news any more. */
const MAX_AGE_MS = 3_600_000;

/**
 * Tells the owners of applications of promotions that failed, and of those that
 * recovered. A duty, for one replica: so a notice is sent once, except where a
 * replica dies between sending it and noting that; then the second one takes the
 * place of the first.
 *
 * @internal
 */
export class NotificationSender extends LoopDuty {
  static create(options: {
    database: DeliveryDatabase;
    notifications: NotificationService;
    entities: Pick<OwningEntities, 'of'>;
    environments: EnvironmentRule[];
    logger: LoggerService;
  }): NotificationSender {
    return new NotificationSender(options);
  }

  private constructor(
    private readonly options: Parameters<typeof NotificationSender.create>[0],
  ) {
    super();
  }

  protected loopOptions() {
    return {
      name: 'Notifying owners',
      logger: this.options.logger,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { knex } = this.options.database;
    const due = await readDueNotices(knex, { now: isoNow(), limit: BATCH });
    for (const waiting of due) {
      if (signal.aborted) {
        return;
      }
      await this.sendOrPostpone(waiting);
    }
  }

  private async sendOrPostpone(waiting: WaitingNotice): Promise<void> {
    const { database, logger } = this.options;
    const { id, createdAt } = waiting;
    try {
      if (createdAt >= isoIn(-MAX_AGE_MS)) {
        await this.send(waiting);
      }
    } catch (error) {
      const attempts = waiting.attempts + 1;
      if (attempts === 1) {
        logger.warn(
          `The owners of ${waiting.notice.promotion.application.name} could not be notified, it will be tried again: ${error}`,
        );
      }
      await postponeNotice(database.knex, id, {
        attempts,
        nextAttemptAt: isoIn(backoff(attempts, RETRY)),
      });
      return;
    }
    await removeNotice(database.knex, id);
  }

  private async send({ notice }: WaitingNotice): Promise<void> {
    const { database, notifications, entities, environments } = this.options;
    const { instance, namespace, name } = notice.promotion.application;
    const [found] = await findApplications(database.knex, {
      instances: [instance],
      namespace,
      names: [name],
    });
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
