export * from './types';
export * from './ecr';
export { readRegistryConfig, type EcrRegistryConfig } from './config';
export { RegistrySources } from './RegistrySources';
export { ecrClientsServiceRef, registrySourceServiceRef } from './service';
export {
  type DeliveryRegistryExtensionPoint,
  deliveryRegistryExtensionPoint,
} from './extensionPoint';
