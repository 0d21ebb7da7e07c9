import type { Situation } from '../types';
import { EVENTS } from './events';
import { ROLLOUT } from './rollout';
import { SYNC } from './sync';
import { UPDATER } from './updater';

/** All situations, along the way of a version. */
export const SITUATIONS: Situation[] = [
  ...EVENTS,
  ...UPDATER,
  ...SYNC,
  ...ROLLOUT,
];
