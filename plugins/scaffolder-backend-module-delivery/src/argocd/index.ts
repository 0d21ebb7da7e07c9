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
export { waitForApplication } from './wait';
