import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../../store/applicationKey';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import type { Fence } from '../../store/fence';
import {
  type ActionChange,
  changeAction,
  readActions,
} from '../../store/operations/actions';
import { addToSignalOutbox } from '../../store/operations/signalOutbox';
import { bumpVersions } from '../../store/operations/storeVersions';
import { scopes } from '../../store/scopes';

/** @internal */
export interface ActionLogOptions {
  database: DeliveryDatabase;
  /** The signal outbox has new entries. */
  signalsAdded: () => void;
}

/**
 * Changes stored actions, with the signals by which open pages learn of it.
 *
 * @internal
 */
export class ActionLog {
  constructor(private readonly options: ActionLogOptions) {}

  /**
   * Runs `work` in a transaction that changes actions on some applications. Resolves
   * with its `result`.
   *
   * @param work - resolves with the keys of the applications too, as in the store
   */
  async write<T>(
    work: (
      tx: Knex.Transaction,
    ) => Promise<{ changed: readonly string[]; result: T }>,
    fence?: Fence,
  ): Promise<T> {
    const { database, signalsAdded } = this.options;
    const { changed, result } = await database.transaction(async tx => {
      const done = await work(tx);
      if (done.changed.length > 0) {
        await addToSignalOutbox(tx, {
          keys: [...done.changed],
          appeared: false,
          instances: false,
        });
        await bumpVersions(tx, done.changed.map(scopes.application));
      }
      return done;
    }, fence);
    if (changed.length > 0) {
      signalsAdded();
    }
    return result;
  }

  /**
   * Stores a change, unless the action is in none of the states `from` any more.
   * Resolves with the record as it is then.
   */
  async change(change: ActionChange, fence?: Fence): Promise<ActionRecord> {
    const { record } = change;
    return this.write(async tx => {
      const isChanged = await changeAction(tx, change);
      const [stored] = isChanged ? [] : await readActions(tx, [record.id]);
      return {
        changed: isChanged ? [applicationKey(record.application)] : [],
        result: stored?.record ?? record,
      };
    }, fence);
  }
}
