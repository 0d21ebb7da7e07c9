export {
  decodeApplication,
  type Decoded,
  decodeRef,
  decodeVersion,
} from './application';
export { decodeApplicationList } from './list';
export { CORRELATION_ID_INFO } from './operation';
export { revisionMetadataSchema, versionSchema } from './schema';
export { decodeTime } from './values';
