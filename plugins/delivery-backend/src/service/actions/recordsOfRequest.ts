import { ConflictError } from '@backstage/errors';
import {
  type ActionRecord,
  matchRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  type ActionRequestKey,
  readActionsOfRequest,
} from '../../store/operations/actions';

/**
 * The records of an earlier attempt at the same request; undefined if there was none.
 *
 * @internal
 * @throws ConflictError if the key was used for another request
 */
export async function recordsOfRequest(
  knex: Knex,
  key: ActionRequestKey,
  requestHash: string,
): Promise<ActionRecord[] | undefined> {
  const known = await readActionsOfRequest(knex, key);
  const former = known && { request: known.requestHash };
  if (matchRequest(former, requestHash) === 'other') {
    throw new ConflictError(
      'The header Idempotency-Key was used for another request. Send another key with each action',
    );
  }
  return known?.actions.map(({ record }) => record);
}
