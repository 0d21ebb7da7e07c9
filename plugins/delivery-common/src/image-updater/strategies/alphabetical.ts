import { COMMON, comesAfterByName } from './common';
import type { UpdateStrategy } from './UpdateStrategy';

/** Chooses the last tag by name. */
export const alphabetical: UpdateStrategy = {
  ...COMMON,
  name: 'alphabetical',
  formerName: 'name',
  compare: () => 0,
  comesAfter: comesAfterByName(() => 0),
};
