export { type AnnotationValue, setAnnotations } from './annotations';
export { assign } from './assign';
export { checkSettings, findingOutput, findingText } from './checkSettings';
export { ManifestFile } from './ManifestFile';
