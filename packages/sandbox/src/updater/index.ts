export { ImageUpdater } from './ImageUpdater';
