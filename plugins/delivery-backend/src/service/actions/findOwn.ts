import {
  type ApplicationRef,
  ENTITY_REF_MARK,
} from '@landfall/backstage-plugin-delivery-common';
import type { StoredApplication } from '../../store/operations/readApplications';
import { findApplication } from '../application/findApplication';

/**
 * One of the applications that an entity provably owns.
 *
 * @internal
 * @throws NotFoundError if it isn't one of them, whether it exists or not
 */
export function findOwn<Stored extends StoredApplication>(
  located: { applications: readonly Stored[] },
  ref: ApplicationRef,
): Stored {
  return findApplication(
    located,
    ref,
    `The entity has no such application that it provably owns. Give the application the annotation ${ENTITY_REF_MARK} with the ref of the entity, or assign its AppProject to the owner in delivery.access.projects`,
  );
}
