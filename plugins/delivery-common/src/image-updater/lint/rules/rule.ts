import type { VersionSelection } from '../../select/types';
import type { LintContext } from '../read/LintContext';
import type { LintedImage, Reading } from '../read/Reading';
import type {
  LintCode,
  LintedRepository,
  LintedUpdater,
  LintFinding,
  LintSeverity,
  Located,
} from '../types';

/** An image of a reading, with what is known of its repository. */
export interface ImageScope {
  image: LintedImage;
  reading: Reading;
  repository?: LintedRepository;
  /** What is chosen from the versions of the repository; absent: none is known. */
  selection?: VersionSelection;
}

/** One kind of finding, and how it is found in a part of the settings. */
export interface LintRule<Scope> {
  code: LintCode;
  severity: LintSeverity;
  find(scope: Scope): LintFinding[];
}

function rules<Scope>() {
  return <Code extends LintCode>(
    code: Code,
    severity: LintSeverity,
    find: (scope: Scope) => Iterable<Located<Code>>,
  ): LintRule<Scope> => ({
    code,
    severity,
    find: scope =>
      Array.from(find(scope), ({ place, parameters }) => ({
        code,
        severity,
        place,
        effect: { code: `effect.${code}`, parameters },
        fix: { code: `fix.${code}`, parameters },
      })),
  });
}

/** A rule for an application with all that concerns it. */
export const ofApplication = rules<LintContext>();

/** A rule for the annotations, or for one reference of an ImageUpdater. */
export const ofReading = rules<Reading>();

/** A rule for one image of the list. */
export const ofImage = rules<ImageScope>();

/** A rule for an ImageUpdater, whatever applications exist. */
export const ofUpdater = rules<LintedUpdater>();
