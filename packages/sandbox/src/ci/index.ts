export { FirstImageCi, type FirstImageCiOptions } from './FirstImageCi';
