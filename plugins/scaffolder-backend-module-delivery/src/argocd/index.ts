export {
  applyApplication,
  type AppliedApplication,
  reserveApplication,
} from './applyApplication';
export { chooseInstance } from './instance';
export {
  type ApplicationManifest,
  markApplication,
  parseApplication,
  parseApplicationYaml,
} from './manifest';
export type { Overwrite } from './ownership';
export { waitForApplication } from './wait';
