export { anchorOf } from './anchor';
export { OnItsWay, type OnItsWayProps } from './OnItsWay';
export { PromotionList } from './PromotionList';
