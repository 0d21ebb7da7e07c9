/**
 * What the fleet page counts, the most urgent first.
 *
 * @public
 */
export const FLEET_STATES = [
  'stuck',
  'degraded',
  'out-of-sync',
  'updating',
  'update-available',
  'held',
  'stale',
] as const;

/**
 * A state that the fleet page counts and filters by.
 *
 * - `stuck`: a sync failed, or a version waits for something that somebody has to do.
 * - `degraded`: Argo CD reports Degraded or Missing.
 * - `out-of-sync`: what runs differs from Git.
 * - `updating`: a committed version is on its way, or Argo CD is at work.
 * - `update-available`: Image Updater would now write a version that is neither
 *   running nor on its way.
 * - `held`: a higher version was pushed, and only the constraint excludes it.
 * - `stale`: the Argo CD of the application is unreachable.
 *
 * @public
 */
export type FleetState = (typeof FLEET_STATES)[number];

/**
 * A state that follows from the application alone, and not from its Argo CD.
 *
 * @public
 */
export type ApplicationFleetState = Exclude<FleetState, 'stale'>;

/**
 * How the fleet page sorts services.
 *
 * @public
 */
export type FleetSort = 'name' | 'owner' | 'urgency' | 'deployed';
