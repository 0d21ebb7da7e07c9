import {
  type Application,
  isSameApplication,
  settleAction,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { changeAction, readActions } from '../store/operations/actions';
import { isKeyText } from '../store/text';
import type { Reduced } from './types';

/** Of a UUID. */
const ID_BYTES = 36;

/**
 * Moves the actions on that started the operations which these applications show.
 * Most applications show none with an id of Landfall's, and cost nothing. Saved with
 * the application, so that an action is open until its effect can be seen.
 *
 * @internal
 */
export async function settleSeenActions(
  tx: Knex.Transaction,
  reduced: readonly Reduced[],
): Promise<void> {
  const applications = new Map(reduced.flatMap(operationWithId));
  if (applications.size === 0) {
    return;
  }
  const now = new Date();
  for (const { record, trace } of await readActions(tx, [
    ...applications.keys(),
  ])) {
    const application = applications.get(record.id);
    // Whoever may write to one application must not move the actions of others.
    if (application && isSameApplication(record.application, application.ref)) {
      await changeAction(tx, {
        ...settleAction(record, trace, application, now),
        from: ['requested', 'accepted', 'unknown'],
      });
    }
  }
}

function operationWithId({ before, after }: Reduced): [string, Application][] {
  const { application } = after;
  const operation = application?.operation;
  const former = before.application?.operation;
  const isNews =
    operation?.correlationId !== former?.correlationId ||
    operation?.startedAt !== former?.startedAt ||
    operation?.phase !== former?.phase;
  const id = operation?.correlationId;
  // Anybody may write the infos of an operation.
  return application && id && isNews && isKeyText(id, ID_BYTES)
    ? [[id, application]]
    : [];
}
