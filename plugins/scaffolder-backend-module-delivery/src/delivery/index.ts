export { askDelivery } from './askDelivery';
export { readVersions, type RunningVersion } from './readVersions';
