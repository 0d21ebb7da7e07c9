export { readServiceRules } from './readServiceRules';
export { ServiceCheck } from './ServiceCheck';
export type { ServiceDraft } from './ServiceCheck';
export { regionsOf } from './regionsOf';
export { repoUrlOf, type SourceHost } from './sourceRepository';
