export { parseApplicationSet, parseApplicationSetYaml } from './applicationSet';
export {
  applyApplication,
  type AppliedApplication,
  reserveApplication,
} from './applyApplication';
export { deleteApplication } from './deleteApplication';
export { chooseInstance } from './instance';
export {
  markApplication,
  parseApplication,
  parseApplicationYaml,
} from './manifest';
export { waitForApplication } from './wait';
