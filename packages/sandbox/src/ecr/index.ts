export { EcrJsonClient } from './client/EcrJsonClient';
export { pushImage } from './client/pushImage';
export { startRegistry } from './startRegistry';
