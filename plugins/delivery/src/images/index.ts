export { ImageList, type ImageListProps } from './ImageList';
export * from './EntityImagesCard';
