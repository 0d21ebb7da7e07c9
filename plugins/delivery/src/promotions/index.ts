export { OnItsWay } from './OnItsWay';
export { PromotionList } from './PromotionList';
