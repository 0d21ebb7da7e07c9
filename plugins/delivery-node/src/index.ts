/**
 * Clients of Argo CD and Amazon ECR for Landfall, config readers, service refs and
 * extension points.
 *
 * @packageDocumentation
 */
export * from './argocd/types';
export * from './argocd/watchTypes';
export * from './registry/types';
