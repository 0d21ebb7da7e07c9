export { readServiceRules, type ServiceRules } from './readServiceRules';
export { ServiceCheck } from './ServiceCheck';
