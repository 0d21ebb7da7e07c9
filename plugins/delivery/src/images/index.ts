export { EntityImagesCard } from './EntityImagesCard';
export { Findings } from './Findings';
export { shortDigest } from './images';
export { ImagesPanel } from './ImagesPanel';
export { UpdaterPreview, type UpdaterPreviewProps } from './UpdaterPreview';
export { useAvailabilities } from './useAvailabilities';
