import { NotFoundError } from '@backstage/errors';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import type { StoredApplication } from '../../store/operations/readApplications';
import type { EntityApplicationRef } from '../application/types';

/**
 * One of the applications that an entity provably owns.
 *
 * @internal
 * @throws NotFoundError if it isn't one of them, whether it exists or not
 */
export function findOwn(
  { applications }: { applications: StoredApplication[] },
  { application: { instance, namespace, name } }: EntityApplicationRef,
): StoredApplication {
  const found = applications.find(
    ({ application: { ref } }) =>
      ref.instance === instance &&
      ref.namespace === namespace &&
      ref.name === name,
  );
  if (!found) {
    throw new NotFoundError(
      `The entity has no such application that it provably owns. Give the application the annotation ${ENTITY_REF_MARK} with the ref of the entity, or assign its AppProject to the owner in delivery.access.projects`,
    );
  }
  return found;
}
