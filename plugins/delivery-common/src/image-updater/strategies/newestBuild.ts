import { ageOf } from '../select/readVersion';
import { COMMON } from './common';
import type { UpdateStrategy } from './UpdateStrategy';

/** Chooses the image that was built last, by the date in its configuration. */
export const newestBuild: UpdateStrategy = {
  ...COMMON,
  name: 'newest-build',
  formerName: 'latest',
  readsMetadata: true,
  goesByBuildDate: true,
  needsBuildDate: () => true,
  compare: (a, b, platforms) => {
    const [first, second] = [a, b].map(read => ageOf(platforms, read).at);
    return first < second ? -1 : Number(first > second);
  },
  comesAfter: (a, b) =>
    a.age !== undefined && b.age !== undefined && a.age.at > b.age.at,
};
