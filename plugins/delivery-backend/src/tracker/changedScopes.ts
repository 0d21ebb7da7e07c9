import type { DeliveryState } from '@landfall/backstage-plugin-delivery-common';
import { type Scope, scopes } from '../store/scopes';
import type { Reduced } from './types';

/**
 * The parts of the store that change when some applications are saved.
 *
 * @internal
 * @param isSaved - whether the application's own row is written
 */
export function changedScopes(
  reduced: readonly Reduced[],
  isSaved: (one: Reduced) => boolean,
): Set<Scope> {
  const changed = new Set<Scope>();
  for (const one of reduced) {
    const { key, before, after, changes } = one;
    const promotions = changes.flatMap(change =>
      change.kind === 'promotion' || change.kind === 'promotion-withdrawn'
        ? [change.promotion]
        : [],
    );
    if (isSaved(one) || promotions.length > 0) {
      changed.add(scopes.application(key));
    }
    if (foundBy(before) !== foundBy(after)) {
      changed.add(scopes.instance(after.ref.instance));
    }
    // Pages also show in how many applications a version is.
    promotions.forEach(({ repository }) =>
      changed.add(scopes.repository(repository)),
    );
  }
  return changed;
}

/** What decides which entities have the application. */
function foundBy({ application, goneAt }: DeliveryState): string {
  return JSON.stringify([
    application !== undefined && goneAt === undefined,
    application?.project,
    application?.labels,
  ]);
}
