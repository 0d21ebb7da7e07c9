export {
  ACCEPTED_MANIFESTS,
  EcrJsonClient,
  signInTo,
} from './client/EcrJsonClient';
export { pushImage } from './client/pushImage';
export { startRegistry } from './startRegistry';
