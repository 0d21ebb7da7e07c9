export { OciRegistrySource } from './OciRegistrySource';
export type { OciTimes } from './OciClient';
