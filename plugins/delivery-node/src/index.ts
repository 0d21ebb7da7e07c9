/**
 * Clients of Argo CD, Amazon ECR, Git and Kubernetes for Landfall, config readers, service
 * refs and extension points.
 *
 * @packageDocumentation
 */
export { type DeadlineOptions, unlessAborted, withDeadline } from './abort';
export * from './argocd';
export { backoff, type BackoffOptions } from './backoff';
export * from './delivery';
export { FailureLog } from './FailureLog';
export * from './git';
export * from './kubernetes';
export { reasonOf } from './reasonOf';
export * from './registry';
