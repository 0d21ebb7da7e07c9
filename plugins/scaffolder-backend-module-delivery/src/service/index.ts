export { readServiceRules } from './readServiceRules';
export { ServiceCheck } from './ServiceCheck';
