import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { backoff } from '@landfall/backstage-plugin-delivery-node';
import {
  environmentOf,
  type EnvironmentRule,
} from '@landfall/backstage-plugin-delivery-common';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';
import { applicationKey } from '../store/applicationKey';
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
import { applicationOf } from './applicationOf';
import {
  type AddressedNotice,
  type Delivery,
  planDeliveries,
} from './planDeliveries';
import { ripe } from './ripe';
import { toNotification } from './toNotification';

const LOOK_EVERY_MS = 2000;
/** What is counted for digests at once. */
const BATCH = 1000;
const RETRY = { firstMs: 5000, maxMs: 300_000 };
/** Older notifications are no longer sent. */
const MAX_AGE_MS = 3_600_000;

/** @internal */
export interface NotificationSenderOptions {
  database: DeliveryDatabase;
  notifications: NotificationService;
  entities: Pick<OwningEntities, 'of'>;
  environments: EnvironmentRule[];
  /** By default, everything is sent at once, and one by one. */
  digest?: DigestOptions;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}

/** @internal */
export interface DigestOptions {
  /** Whoever would get more of one kind at once gets one notification of all. */
  above: number;
  /** How long the first notification waits for others. Milliseconds. */
  windowMs: number;
}

/**
 * Notifies owners of what happens to their promotions. As a leader task, it sends
 * each notification once, unless the replica dies right after sending. The
 * notification is then sent again and replaces the first.
 *
 * The first notification waits a while for others, so that a flood becomes a digest.
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
    const { database, digest } = this.options;
    const due = ripe(
      await readDueNotifications(database.knex, {
        now: isoNow(),
        limit: BATCH,
      }),
      isoIn(-(digest?.windowMs ?? 0)),
    );
    if (due.length === 0) {
      return;
    }
    const deliveries = planDeliveries(
      await this.address(due, fence),
      digest?.above ?? Infinity,
    );
    // A notice can be part of several deliveries.
    const open = new Map(due.map(one => [one.id, { ...one, deliveries: 0 }]));
    for (const row of deliveries.flatMap(rowsOf(open))) {
      row.deliveries += 1;
    }
    await this.remove([...open.values()], fence);
    for (const delivery of deliveries) {
      if (run.signal.aborted) {
        return;
      }
      const rows = rowsOf(open)(delivery);
      if (await this.send(delivery, rows, fence)) {
        for (const row of rows) {
          row.deliveries -= 1;
        }
        await this.remove(rows, fence);
      }
      run.progress();
    }
  }

  /** With whom each concerns. Those that are old, or of gone applications, aren't. */
  private async address(
    due: readonly PendingNotification[],
    fence: Fence,
  ): Promise<AddressedNotice[]> {
    const { database, entities, environments } = this.options;
    const recent = due.filter(
      ({ createdAt }) => createdAt >= isoIn(-MAX_AGE_MS),
    );
    const keys = recent.map(({ notice }) =>
      applicationKey(applicationOf(notice)),
    );
    const found = new Map(
      (
        await database.transaction(tx => findApplications(tx, { keys }), fence)
      ).map(({ key, application }) => [key, application]),
    );
    const addressed: AddressedNotice[] = [];
    for (const [index, { id, notice }] of recent.entries()) {
      const application = found.get(keys[index]);
      if (application) {
        addressed.push({
          id,
          notice,
          environment: environmentOf(application, environments),
          recipients:
            notice.kind === 'approval'
              ? notice.approvers.map(ref => ({ entityRef: ref, owners: [ref] }))
              : await entities.of(application),
        });
      }
    }
    return addressed;
  }

  private async send(
    delivery: Delivery,
    rows: readonly PendingNotification[],
    fence: Fence,
  ): Promise<boolean> {
    const { database, notifications, logger } = this.options;
    try {
      // A replica that stalled must not send what its successor has already sent.
      await database.transaction(async () => {}, fence);
      await notifications.send(toNotification(delivery));
      return true;
    } catch (error) {
      if (error instanceof FencedError) {
        throw error;
      }
      const [first] = rows;
      if (first.attempts === 0) {
        logger.warn(
          `Couldn't notify anybody about ${
            applicationOf(first.notice).name
          }. Retrying later: ${error}`,
        );
      }
      await database.transaction(async tx => {
        for (const { id, attempts } of rows) {
          await postponeNotification(tx, id, {
            attempts: attempts + 1,
            nextAttemptAt: isoIn(backoff(attempts + 1, RETRY)),
          });
        }
      }, fence);
      return false;
    }
  }

  /** Removes the notices of which nothing is left to be sent. */
  private async remove(
    rows: readonly (PendingNotification & { deliveries: number })[],
    fence: Fence,
  ): Promise<void> {
    const done = rows.flatMap(({ id, deliveries }) =>
      deliveries === 0 ? [id] : [],
    );
    if (done.length > 0) {
      await this.options.database.transaction(
        tx => removeFromNotificationOutbox(tx, done),
        fence,
      );
    }
  }
}

function rowsOf<Row>(open: ReadonlyMap<number, Row>) {
  return (delivery: Delivery): Row[] =>
    ('one' in delivery ? [delivery.one] : delivery.many).flatMap(
      ({ id }) => open.get(id) ?? [],
    );
}
