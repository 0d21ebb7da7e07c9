export { decodeApplication, decodeRef, decodeVersion } from './application';
export { decodeImageUpdater, managedImageUpdatersSchema } from './imageUpdater';
export { decodeApplicationList } from './list';
export { UndecodableApplicationError } from './errors';
export { HIDDEN, maskManifests } from './maskManifests';
export { isSecretName, maskText } from './maskText';
export { CORRELATION_ID_INFO } from './operation';
export { revisionMetadataSchema, versionSchema } from './schema';
export { decodeHealthStatus, decodeTime } from './values';
