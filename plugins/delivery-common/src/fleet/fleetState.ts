import type { DeployedImage, Deployment } from '../api/types';
import { sameVersion } from '../images';
import { attentionKinds } from './attentionKinds';
import type { FleetUpdate } from './fleetUpdate';
import { type ApplicationFleetState, FLEET_STATES } from './types';

/**
 * The states of an application, the most urgent first; empty if it is well and
 * up to date.
 *
 * @public
 */
export function fleetStates(
  deployment: Pick<
    Deployment,
    'health' | 'sync' | 'operation' | 'waiting' | 'promotion'
  >,
  { available, held }: FleetUpdate = {},
): ApplicationFleetState[] {
  const { health, sync, operation, promotion } = deployment;
  const attention = attentionKinds(deployment);
  const isOpen = promotion !== undefined && promotion.outcome === undefined;
  const isOnItsWay =
    isOpen &&
    (promotion.stages.committed ?? promotion.stages.synced) !== undefined;
  const states: Record<ApplicationFleetState, boolean> = {
    stuck: attention.includes('sync-failed') || attention.includes('waiting'),
    degraded: attention.includes('degraded') || attention.includes('missing'),
    'out-of-sync': sync.status === 'OutOfSync',
    updating:
      isOnItsWay ||
      operation?.phase === 'Running' ||
      operation?.phase === 'Terminating' ||
      health.status === 'Progressing',
    'update-available':
      available !== undefined &&
      !(isOnItsWay && sameVersion(promotion.version, available.version)),
    held: held !== undefined,
  };
  return FLEET_STATES.filter(
    (state): state is ApplicationFleetState =>
      state !== 'stale' && states[state],
  );
}

/** Health that isn't worth a state of its own still sorts before `Healthy`. */
const UNCLEAR = ['Unknown', 'Suspended'];

/**
 * Orders applications by how urgent they are; 0: nothing to look at.
 *
 * @public
 */
export function fleetSeverity(
  states: readonly ApplicationFleetState[],
  { health }: Pick<Deployment, 'health'>,
): number {
  const [worst] = states;
  if (worst !== undefined) {
    return 1 + FLEET_STATES.length - FLEET_STATES.indexOf(worst);
  }
  return UNCLEAR.includes(health.status) ? 1 : 0;
}

/**
 * The image whose version stands for the application: that of the promotion under
 * way, else the first that differs from what Git wants, else the one with an update,
 * else its own.
 *
 * @public
 */
export function mainImage(
  { images, promotion }: Pick<Deployment, 'images' | 'promotion'>,
  { available }: FleetUpdate = {},
): DeployedImage | undefined {
  const of = (one: { repository: string } | undefined) =>
    images.find(({ repository }) => repository === one?.repository);
  return (
    of(promotion) ??
    images.find(({ desired }) => desired) ??
    of(available) ??
    images.at(0)
  );
}
