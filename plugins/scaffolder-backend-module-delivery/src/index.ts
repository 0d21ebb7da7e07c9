/**
 * Scaffolder actions for GitOps delivery.
 *
 * @packageDocumentation
 */
export {
  EntityOwnership,
  type EntityOwnershipOptions,
  type OwnedEntity,
} from './access';
export * from './actions';
export { scaffolderModuleDelivery as default } from './module';
