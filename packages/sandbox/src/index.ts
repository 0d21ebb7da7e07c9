export { CREDENTIALS, defaultConfig } from './defaults';
export { EcrJsonClient, pushImage } from './ecr';
export { startSandbox } from './main';
export type { PartLogger } from './part';
