import type { Scenario } from '../types';
import { EVENTS } from './events';
import { ROLLOUT } from './rollout';
import { SYNC } from './sync';
import { UPDATER } from './updater';

/** All scenarios, along the way of a version. */
export const SITUATIONS: Scenario[] = [
  ...EVENTS,
  ...UPDATER,
  ...SYNC,
  ...ROLLOUT,
];
