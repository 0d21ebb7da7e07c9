export { askDelivery } from './askDelivery';
export { describeChange, logPreview } from './describePromotion';
export { type PromotedChange, Promoter } from './Promoter';
export { readVersions, type RunningVersion } from './readVersions';
