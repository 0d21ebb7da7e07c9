export {
  defaultConfig,
  CREDENTIALS,
  PORTS,
  type DefaultsInput,
} from './defaults';
export { startSandbox, type RunningSandbox } from './main';
export type { SandboxConfig } from './config';
export { PART_NAMES, type PartLogger, type PartName } from './part';
export { EcrJsonClient, pushImage } from './ecr';
