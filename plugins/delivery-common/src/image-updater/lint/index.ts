export { LINT_CODES, lintApplication, lintSettings } from './lint';
export { toLintedApplication } from './toLintedApplication';
export {
  decodeLintedResource,
  type LintedApplicationSet,
  type LintedResource,
  type LintShapeError,
} from './read/decodeResource';
export { lintPlaceText } from './read/place';
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
