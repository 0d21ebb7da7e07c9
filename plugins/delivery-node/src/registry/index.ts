export * from './types';
export * from './ecr';
export {
  readRegistryConfig,
  type EcrRegistryConfig,
  type OciRegistryConfig,
  type RegistriesConfig,
} from './config';
export { OciRegistrySource, type OciTimes } from './oci';
export { RegistrySources } from './RegistrySources';
export { ecrClientsServiceRef, registrySourceServiceRef } from './service';
export {
  type DeliveryRegistrySourceExtensionPoint,
  deliveryRegistrySourceExtensionPoint,
} from './extensionPoint';
