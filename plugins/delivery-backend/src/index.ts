/**
 * The backend of Landfall: watches Argo CD and Amazon ECR, keeps the promotions
 * of every application, and serves them to the portal.
 *
 * @packageDocumentation
 */
export { deliveryFeature as default } from './feature';
