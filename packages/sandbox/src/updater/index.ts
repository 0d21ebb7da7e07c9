export { ImageUpdater, type ImageUpdaterOptions } from './ImageUpdater';
