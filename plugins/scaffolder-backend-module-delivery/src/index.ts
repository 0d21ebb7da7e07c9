/**
 * Scaffolder actions for GitOps delivery.
 *
 * @packageDocumentation
 */
export * from './actions';
export { scaffolderModuleDelivery as default } from './module';
