import { ageOf } from '../select/readVersion';
import { COMMON, comesAfterByName } from './common';
import type { DatedVersion, UpdateStrategy } from './UpdateStrategy';

const comesAfterInName = comesAfterByName(() => 0);

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
  comesAfter: (a, b) => {
    if (a.age === undefined || b.age === undefined) {
      return false;
    }
    return a.age.at === b.age.at && isSameBuild(a, b)
      ? comesAfterInName(a, b)
      : a.age.at > b.age.at;
  },
};

/**
 * Whether equal ages mean the same build date. The name of the tag then
 * decides. Equal times of a push show that only for one image.
 */
function isSameBuild(a: DatedVersion, b: DatedVersion): boolean {
  const { digest } = a.version;
  return (
    (a.age?.isBuildDate === true && b.age?.isBuildDate === true) ||
    (digest !== undefined && digest === b.version.digest)
  );
}
