export * from './argocd';
export { runSandbox } from './cli/runSandbox';
export { CREDENTIALS, defaultConfig } from './defaults';
export { EcrJsonClient, pushImage } from './ecr';
export { control } from './http/server';
export { HttpError } from './http/messages';
export { startSandbox } from './main';
export type { PartLogger } from './part';
