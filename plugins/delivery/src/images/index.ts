export { EntityImagesCard } from './EntityImagesCard';
export { ImagesPanel } from './ImagesPanel';
export { UpdaterPreview, type UpdaterPreviewProps } from './UpdaterPreview';
export { useAvailabilities } from './useAvailabilities';
