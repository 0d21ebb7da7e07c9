export {
  parseApplication,
  parseApplicationYaml,
  type ApplicationManifest,
} from './manifest';
export { waitForApplication, type WaitedApplication } from './wait';
export { chooseInstance } from './instance';
