export { anchorOf } from './anchor';
export { OnItsWay } from './OnItsWay';
export { PromotionList } from './PromotionList';
