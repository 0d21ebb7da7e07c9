import type { ActionState } from '@landfall/backstage-plugin-delivery-common';

/** Whether an action stays as it is. @internal */
export function isOver(state: ActionState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'rejected';
}
