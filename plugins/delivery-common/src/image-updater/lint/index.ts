export { LINT_CODES, lintApplication, lintSettings } from './lint';
export { toLintedApplication } from './toLintedApplication';
export { lintPlaceText } from './read/place';
export { withDefaults } from './read/defaults';
export type {
  LintCode,
  LintedApplication,
  LintedRepository,
  LintedSource,
  LintedUpdater,
  LintFinding,
  LintPlace,
  LintSeverity,
  LintSubject,
} from './types';
