import type { Scenario } from '../types';
import { EVENTS } from './events';
import { REQUESTS } from './requests';
import { ROLLOUT } from './rollout';
import { SILENCE } from './silence';
import { SYNC } from './sync';
import { UPDATER } from './updater';

/** All scenarios, in the order of a version's stages. */
export const SCENARIOS: Scenario[] = [
  ...EVENTS,
  ...UPDATER,
  ...SILENCE,
  ...REQUESTS,
  ...SYNC,
  ...ROLLOUT,
];
