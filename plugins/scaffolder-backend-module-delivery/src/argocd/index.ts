export {
  parseApplication,
  parseApplicationYaml,
  type ApplicationManifest,
} from './manifest';
export { waitForApplication } from './wait';
export { chooseInstance } from './instance';
