export { parseApplicationSet, parseApplicationSetYaml } from './applicationSet';
export { applyApplicationSet } from './applyApplicationSet';
export { applyProject } from './applyProject';
export {
  applyApplication,
  type AppliedApplication,
  checkApplication,
  reserveApplication,
} from './applyApplication';
export { deleteApplication } from './deleteApplication';
export { chooseInstance } from './instance';
export {
  markApplication,
  parseApplication,
  parseApplicationYaml,
} from './manifest';
export {
  type ProjectSettingDifference,
  readProject,
  wideSettings,
} from './projectSpec';
export { readManifest } from './readManifest';
export { waitForApplication } from './wait';
export { waitForRelease } from './release';
