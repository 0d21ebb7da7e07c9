import type { LintContext } from '../read/LintContext';
import type { Reading } from '../read/Reading';
import type { LintedUpdater } from '../types';
import { branchRules } from './branches';
import { credentialRules } from './credentials';
import { enablingRules } from './enabling';
import { imageListRules } from './imageList';
import { keyRules } from './keys';
import { repositoryRules } from './repository';
import type { ImageScope, LintRule } from './rule';
import { tagFilterRules } from './tagFilters';
import { targetRules } from './targets';
import { updaterRules } from './updater';
import { versionRules } from './versions';
import { writeBackRules } from './writeBack';
import { writeBackTargetRules } from './writeBackTarget';

/** All rules, by the part of the settings that they look at. */
export const LINT_RULES: {
  application: readonly LintRule<LintContext>[];
  reading: readonly LintRule<Reading>[];
  image: readonly LintRule<ImageScope>[];
  updater: readonly LintRule<LintedUpdater>[];
} = {
  application: [...keyRules, ...imageListRules.application, ...enablingRules],
  reading: [
    ...imageListRules.reading,
    ...credentialRules.reading,
    ...writeBackRules,
    ...writeBackTargetRules,
    ...branchRules,
    ...targetRules.reading,
  ],
  image: [
    ...imageListRules.image,
    ...versionRules,
    ...tagFilterRules,
    ...credentialRules.image,
    ...targetRules.image,
    ...repositoryRules,
  ],
  updater: updaterRules,
};
