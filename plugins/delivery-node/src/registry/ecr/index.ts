export { AwsAccountNotConfiguredError } from './ConfiguredAwsAccounts';
export { EcrClients } from './EcrClients';
export { EcrHosts } from './EcrHosts';
export { EcrRegistrySource } from './EcrRegistrySource';
export { parseEcrEvent, type ParsedRegistryEvent } from './parseEcrEvent';
export { ecrHosts, type EcrRegistry, parseEcrHost } from './parseEcrHost';
export { type EcrSearchPlace, readEcrSearch } from './readEcrSearch';
