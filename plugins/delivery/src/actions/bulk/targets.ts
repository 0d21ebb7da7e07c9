import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { SyncStatus } from '@landfall/backstage-plugin-delivery-common';
import type { ActionTarget } from '../actionsContext';

/** The backend takes this many requests of a person at once. */
export const MAX_TARGETS = 25;

/** An application of a selected service. @internal */
export interface BulkTarget extends ActionTarget {
  environment: string;
  /** Versions that run. */
  running: readonly string[];
  sync: SyncStatus;
}

/** A selected service. @internal */
export interface BulkService {
  entityRef: CompoundEntityRef;
  targets: BulkTarget[];
}

/** The environments of the selected services, in the page's order. @internal */
export function environmentsOf(
  services: readonly BulkService[],
  known: readonly string[],
): string[] {
  const own = new Set(
    services.flatMap(({ targets }) =>
      targets.map(({ environment }) => environment),
    ),
  );
  return [
    ...known.filter(environment => own.has(environment)),
    ...[...own].filter(environment => !known.includes(environment)),
  ];
}

/** The environments in which the selected services run a version. @internal */
export function environmentsWith(
  services: readonly BulkService[],
  version: string,
): string[] {
  return [
    ...new Set(
      services.flatMap(({ targets }) =>
        targets
          .filter(({ running }) => running.includes(version))
          .map(({ environment }) => environment),
      ),
    ),
  ];
}

/**
 * The applications that an action is for, and whether there are more of them than can
 * be acted on at once.
 *
 * @internal
 */
export function targetsIn(
  services: readonly BulkService[],
  environment: string | undefined,
): { targets: BulkTarget[]; isCut: boolean } {
  const all = services
    .flatMap(({ targets }) => targets)
    .filter(target => !environment || target.environment === environment);
  return {
    targets: all.slice(0, MAX_TARGETS),
    isCut: all.length > MAX_TARGETS,
  };
}
